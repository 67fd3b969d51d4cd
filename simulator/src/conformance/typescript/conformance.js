// Cloudflare's TypeScript SDK, unchanged, against the simulator: every object is created, read, updated and deleted.
import Cloudflare from 'cloudflare';

const account_id = process.env.CLOUDFLARE_ACCOUNT_ID;
const control = process.env.CLOUDFLARE_BASE_URL.replace('/client/v4', '/_simulator');
const client = new Cloudflare({ apiToken: process.env.CLOUDFLARE_API_TOKEN, maxRetries: 0 });
let failed = 0;

/** One call, one line: it must go through and its answer must hold. */
async function step(name, call, holds = () => true) {
  let answer, why;
  try {
    answer = await call();
    why = holds(answer) ? null : `unexpected answer: ${JSON.stringify(answer)}`;
  } catch (error) {
    why = String(error);
  }
  console.log(`${why ? 'FAILED' : 'ok    '} typescript ${name}${why ? ` (${why.slice(0, 300)})` : ''}`);
  if (why) failed++;
  return answer;
}

/** The call must be refused with that status and code. */
async function refusal(call, status, code) {
  try {
    await call();
  } catch (error) {
    return error.status === status && error.errors[0].code === code;
  }
  return false;
}

async function all(pages) {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
}

const post = (path) => fetch(control + path, { method: 'POST' });
const same = (a) => a === true;

await step('user.tokens.verify', () => client.user.tokens.verify(), (a) => a.status === 'active');
await step('accounts.list', () => all(client.accounts.list()), (a) => a[0].id === account_id);

const zone = await step('zones.create', () => client.zones.create({ account: { id: account_id }, name: 'typescript.example' }), (a) => a.status === 'pending');
const zone_id = zone.id;
await step('zones.create twice is 1061', () => refusal(() => client.zones.create({ account: { id: account_id }, name: 'typescript.example' }), 400, 1061), same);
await step('zones.list', () => all(client.zones.list({ name: 'typescript.example' })), (a) => a.length === 1);
await step('zones.get', () => client.zones.get({ zone_id }), (a) => a.name === 'typescript.example');
await step('zones.edit', () => client.zones.edit({ zone_id, paused: true }), (a) => a.paused === true);
await post('/zones/typescript.example/activate');
await step('zones.get after activation', () => client.zones.get({ zone_id }), (a) => a.status === 'active');

const www = { zone_id, name: 'www.typescript.example', type: 'A', ttl: 300 };
const record = await step('dns.records.create', () => client.dns.records.create({ ...www, content: '192.0.2.1' }), (a) => a.content === '192.0.2.1');
await step('dns.records.list', () => all(client.dns.records.list({ zone_id })), (a) => a.length === 1);
await step('dns.records.update', () => client.dns.records.update(record.id, { ...www, content: '192.0.2.2' }), (a) => a.content === '192.0.2.2');
await step('dns.records.edit', () => client.dns.records.edit(record.id, { ...www, content: '192.0.2.3' }), (a) => a.content === '192.0.2.3');
await step('dns.records.get', () => client.dns.records.get(record.id, { zone_id }), (a) => a.id === record.id);
await step('dns.records.delete', () => client.dns.records.delete(record.id, { zone_id }), (a) => a.id === record.id);

await step('emailRouting.get before enabling', () => client.emailRouting.get({ zone_id }), (a) => a.enabled === false);
await step('emailRouting.enable', () => client.emailRouting.enable({ zone_id, body: {} }), (a) => a.enabled === true);
await step('emailRouting.dns.get', () => client.emailRouting.dns.get({ zone_id }));
await step('emailRouting.dns.create for a subdomain', () => client.emailRouting.dns.create({ zone_id, name: 'in.typescript.example' }), (a) => a.enabled === true);
await step('emailRouting.dns.edit unlocks it', () => client.emailRouting.dns.edit({ zone_id, name: 'in.typescript.example' }), (a) => a.enabled === true);
await step('emailRouting.dns.delete', () => all(client.emailRouting.dns.delete({ zone_id })).catch(() => client.emailRouting.dns.delete({ zone_id })));
await step('emailRouting.get after that', () => client.emailRouting.get({ zone_id }), (a) => a.enabled === false);
await step('emailRouting.enable again', () => client.emailRouting.enable({ zone_id, body: {} }), (a) => a.status === 'ready');

const address = await step('addresses.create', () => client.emailRouting.addresses.create({ account_id, email: 'typescript@corp.example' }), (a) => !a.verified);
const actions = [{ type: 'forward', value: ['typescript@corp.example'] }];
const matchers = [{ type: 'literal', field: 'to', value: 'a@typescript.example' }];
await step('rules.create to an unverified address is 2054', () => refusal(() => client.emailRouting.rules.create({ zone_id, actions, matchers }), 400, 2054), same);
await post('/addresses/typescript@corp.example/verify');
await step('addresses.list', () => all(client.emailRouting.addresses.list({ account_id })), (a) => a.some((x) => x.email === 'typescript@corp.example' && x.verified));
await step('addresses.get', () => client.emailRouting.addresses.get(address.id, { account_id }), (a) => a.email === 'typescript@corp.example');

const rule = await step('rules.create', () => client.emailRouting.rules.create({ zone_id, name: 'first', actions, matchers, enabled: true, priority: 3 }), (a) => a.priority === 3);
await step('rules.create for the same address is 2014', () => refusal(() => client.emailRouting.rules.create({ zone_id, actions, matchers }), 409, 2014), same);
await step('rules.list holds the catch-all', () => all(client.emailRouting.rules.list({ zone_id })), (a) => a.length === 2 && a.some((x) => x.matchers[0].type === 'all'));
await step('rules.get', () => client.emailRouting.rules.get(rule.id, { zone_id }), (a) => a.name === 'first');
await step('rules.update', () => client.emailRouting.rules.update(rule.id, { zone_id, name: 'second', actions: [{ type: 'drop', value: [] }], matchers, enabled: false }), (a) => a.enabled === false);
await step('rules.delete', () => client.emailRouting.rules.delete(rule.id, { zone_id }), (a) => a.id === rule.id);

await step('catchAlls.get', () => client.emailRouting.rules.catchAlls.get({ zone_id }), (a) => a.enabled === false);
await step('catchAlls.update', () => client.emailRouting.rules.catchAlls.update({ zone_id, actions, matchers: [{ type: 'all' }], enabled: true, name: 'all' }), (a) => a.enabled === true);
await step('catchAlls.update back', () => client.emailRouting.rules.catchAlls.update({ zone_id, actions: [{ type: 'drop' }], matchers: [{ type: 'all' }], enabled: false, name: '' }), (a) => a.enabled === false);

await step('addresses.delete', () => client.emailRouting.addresses.delete(address.id, { account_id }), (a) => a.id === address.id);
await step('emailRouting.disable', () => client.emailRouting.disable({ zone_id, body: {} }), (a) => a.enabled === false);
await step('zones.delete', () => client.zones.delete({ zone_id }), (a) => a.id === zone_id);
await step('zones.list after that', () => all(client.zones.list({ name: 'typescript.example' })), (a) => a.length === 0);
process.exit(failed ? 1 : 0);
