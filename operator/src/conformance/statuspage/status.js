// Looks at the status page in Chromium: status.js URL FOLDER. Prints a line for each thing that it looked at, and takes pictures.
// The browser is the one that CHROMIUM names, else the headless one that npm has as a package (Linux on x86-64).
import {mkdirSync} from 'node:fs';
import axe from 'axe-core';
import chromium from '@sparticuz/chromium';
import puppeteer from 'puppeteer-core';

const [url, folder] = process.argv.slice(2);
const wide = {width: 1280, height: 1000};
const narrow = {width: 360, height: 800};
let failed = 0;

function result(words, seen) {
  if (seen.length > 0) failed++;
  console.log(seen.length === 0 ? `ok     statuspage ${words}` : `FAILED statuspage ${words} (${seen.join('; ')})`);
}

async function open(browser, query, scheme, viewport, scripts) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('console', message => complaints.push(message.text()));
  page.on('dialog', dialog => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('requestfailed', request => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  await page.setJavaScriptEnabled(scripts);
  await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
  await page.setViewport(viewport);
  await page.goto(url + query);
  return {page, complaints};
}

mkdirSync(folder, {recursive: true});
// The package draws by software of its own, which gives out over pictures of whole pages.
const packaged = chromium.args.filter(argument => !/=angle|swiftshader/.test(argument));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || (await chromium.executablePath()),
  args: [...(process.env.CHROMIUM ? ['--no-sandbox'] : packaged), '--disable-gpu'],
});
try {
  const queries = {
    all: '',
    found: '?find=fresh&show=attention',
    nothing: '?find=no-such-domain',
    trace: '?address=orders%40shop.example',
    'no-address': '?address=%3Cscript%3Ealert(1)%3C/script%3E',
  };
  for (const scheme of ['light', 'dark']) {
    for (const [size, viewport] of Object.entries({wide, narrow})) {
      for (const [name, query] of Object.entries(queries)) {
        const {page, complaints} = await open(browser, query, scheme, viewport, true);
        const {passes, violations, incomplete} = await page.evaluate(`${axe.source}; axe.run()`);
        // What axe cannot see it leaves open: where something covers a text, or it lies beyond the edge.
        const found = [...violations, ...incomplete].flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target}`));
        const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        result(`${name}, ${scheme}, ${size}: axe finds nothing, and nothing stands out at the side`, [
          ...found,
          ...complaints,
          ...(passes.length < 20 ? [`only ${passes.length} rules of axe passed`] : []),
          ...(over > 0 ? [`${over} pixels too wide`] : []),
        ]);
        await page.close();
      }
      const {page} = await open(browser, queries.trace, scheme, viewport, false);
      await page.screenshot({path: `${folder}/${scheme}-${size}.png`, fullPage: true});
      await page.close();
    }
    // What the documentation shows.
    const {page} = await open(browser, queries.all, scheme, {width: 1000, height: 960}, false);
    await page.screenshot({path: `${folder}/status-page-${scheme}.png`});
    await page.close();
  }

  const {page} = await open(browser, '', 'light', wide, false);
  await page.type('#address', 'Support@shop.example');
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  const said = await page.$eval('section[aria-labelledby="trace"] p[role="status"]', answer => answer.textContent);
  result('without scripts: the form follows mail to an address',
    said === 'Mail to support@shop.example: forwarded to team@corp.example, as far as can be seen.' ? [] : [said]);
  await page.close();
} finally {
  await browser.close();
}
process.exit(failed === 0 ? 0 : 1);
