// Looks at the page in Chromium: look.js URL SCREENSHOT. Prints the document as the browser has it, and takes a picture,
// of which it sees that it has letters.
// The browser is the one that CHROMIUM names, else the headless one that npm has as a package (Linux on x86-64).
import chromium from '@sparticuz/chromium';
import puppeteer from 'puppeteer-core';

const [url, screenshot] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || (await chromium.executablePath()),
  args: process.env.CHROMIUM ? ['--no-sandbox', '--disable-gpu'] : chromium.args,
  defaultViewport: {width: 1100, height: 1400},
});
try {
  const page = await browser.newPage();
  await page.goto(url);
  const heading = await page.evaluate(() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('h1'));
    return range.getBoundingClientRect().width;
  });
  if (heading === 0) throw new Error('no letter can be seen: the browser found no font');
  await page.screenshot({path: screenshot});
  console.log(await page.content());
} finally {
  await browser.close();
}
