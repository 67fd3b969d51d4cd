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

// What is deployed.

const database = await step('d1.database.create', () => client.d1.database.create({ account_id, name: 'typescript-db' }), (a) => a.name === 'typescript-db');
const d1 = database.uuid;
await step('d1.database.list by name', () => all(client.d1.database.list({ account_id, name: 'typescript-db' })), (a) => a.length === 1 && a[0].uuid === d1);
const before = await step('d1.database.timeTravel.getBookmark', () => client.d1.database.timeTravel.getBookmark(d1, { account_id }), (a) => a.bookmark.length > 8);
await step('d1.database.query', () => all(client.d1.database.query(d1, { account_id, sql: "CREATE TABLE t (a); INSERT INTO t VALUES (7); SELECT a FROM t" })), (a) => a[2].results[0].a === 7);
await step('d1.database.query in a batch', () => all(client.d1.database.query(d1, { account_id, batch: [{ sql: 'SELECT 1 AS n' }, { sql: 'SELECT ? AS n', params: ['2'] }] })), (a) => a[1].results[0].n === '2');
await step('d1.database.query with an error is 7500', () => refusal(() => all(client.d1.database.query(d1, { account_id, sql: 'SELECT 1 FROM gone' })), 400, 7500), same);
await step('d1.database.timeTravel.restore', () => client.d1.database.timeTravel.restore(d1, { account_id, bookmark: before.bookmark }), (a) => a.previous_bookmark > before.bookmark);
await step('d1.database.get after that', () => client.d1.database.get(d1, { account_id }), (a) => a.num_tables === 0);

await step('r2.buckets.create', () => client.r2.buckets.create({ account_id, name: 'typescript-bucket', jurisdiction: 'eu' }), (a) => a.jurisdiction === 'eu');
await step('r2.buckets.get', () => client.r2.buckets.get('typescript-bucket', { account_id, jurisdiction: 'eu' }), (a) => a.name === 'typescript-bucket');
await step('r2.buckets.get elsewhere is 10006', () => refusal(() => client.r2.buckets.get('typescript-bucket', { account_id }), 404, 10006), same);

const scripts = client.workers.scripts;
const metadata = { main_module: 'index.js', compatibility_date: '2026-04-01', bindings: [{ type: 'd1', name: 'DB', id: d1 }], annotations: { 'workers/message': 'm', 'workers/tag': 't' } };
// As a file: else the SDK takes an object in a form apart.
const form = (more) => ({ account_id, metadata: new File([JSON.stringify({ ...metadata, ...more })], 'metadata', { type: 'application/json' }), 'index.js': new File(['export default {}'], 'index.js', { type: 'application/javascript+module' }) });
const first = await step('workers.scripts.update', () => scripts.update('typescript-worker', form()), (a) => a.id === 'typescript-worker');
const second = await step('workers.scripts.versions.create', () => scripts.versions.create('typescript-worker', form()), (a) => a.number === 2);
await step('workers.scripts.versions.list', () => all(scripts.versions.list('typescript-worker', { account_id })), (a) => a.length === 2 && a[0].id === second.id);
await step('workers.scripts.versions.get', () => scripts.versions.get(second.id, { account_id, script_name: 'typescript-worker' }), (a) => a.resources.bindings[0].name === 'DB');
await step('workers.scripts.deployments.list', () => scripts.deployments.list('typescript-worker', { account_id }), (a) => a.deployments.length === 1);
const deployed = await step('workers.scripts.deployments.create', () => scripts.deployments.create('typescript-worker', { account_id, strategy: 'percentage', versions: [{ version_id: second.id, percentage: 100 }] }), (a) => a.versions[0].percentage === 100);
await step('workers.scripts.deployments.get', () => scripts.deployments.get(deployed.id, { account_id, script_name: 'typescript-worker' }), (a) => a.source === 'api');
await step('workers.scripts.secrets.update', () => scripts.secrets.update('typescript-worker', { account_id, name: 'KEY', text: 'hidden', type: 'secret_text' }), (a) => a.name === 'KEY');
await step('workers.scripts.secrets.list', () => all(scripts.secrets.list('typescript-worker', { account_id })), (a) => a.length === 1 && !('text' in a[0]));
await step('workers.scripts.settings.edit', () => scripts.settings.edit('typescript-worker', { account_id, tags: ['a'] }), (a) => a.tags[0] === 'a');
await step('workers.scripts.schedules.update', () => scripts.schedules.update('typescript-worker', { account_id, body: [{ cron: '*/5 * * * *' }] }), (a) => a.schedules.length === 1);
await step('workers.scripts.subdomain.get', () => scripts.subdomain.get('typescript-worker', { account_id }), (a) => a.enabled === false);
const domain = await step('workers.domains.update', () => client.workers.domains.update({ account_id, hostname: 'api.typescript.example', service: 'typescript-worker', zone_id, environment: 'production' }), (a) => a.hostname === 'api.typescript.example');
await step('workers.domains.list', () => all(client.workers.domains.list({ account_id, service: 'typescript-worker' })), (a) => a.length === 1);
const route = await step('workers.routes.create', () => client.workers.routes.create({ zone_id, pattern: 'typescript.example/*', script: 'typescript-worker' }), (a) => a.pattern === 'typescript.example/*');
await step('workers.routes.delete', () => client.workers.routes.delete(route.id, { zone_id }));
await step('workers.domains.delete', () => client.workers.domains.delete(domain.id, { account_id }));

await step('pages.projects.create', () => client.pages.projects.create({ account_id, name: 'typescript-site', production_branch: 'main' }), (a) => a.subdomain === 'typescript-site.pages.dev');
await step('pages.projects.deployments.create', () => client.pages.projects.deployments.create('typescript-site', { account_id, manifest: '{}', branch: 'main' }), (a) => a.latest_stage.status === 'success');
await step('pages.projects.deployments.list', () => all(client.pages.projects.deployments.list('typescript-site', { account_id })), (a) => a.length === 1);
await step('pages.projects.domains.create', () => client.pages.projects.domains.create('typescript-site', { account_id, name: 'www.typescript.example' }), (a) => a.name === 'www.typescript.example');
await step('pages.projects.delete', () => client.pages.projects.delete('typescript-site', { account_id }));
await step('workers.scripts.delete', () => scripts.delete('typescript-worker', { account_id }));
await step('r2.buckets.delete', () => client.r2.buckets.delete('typescript-bucket', { account_id, jurisdiction: 'eu' }));
await step('d1.database.delete', () => client.d1.database.delete(d1, { account_id }));

await step('addresses.delete', () => client.emailRouting.addresses.delete(address.id, { account_id }), (a) => a.id === address.id);
await step('emailRouting.disable', () => client.emailRouting.disable({ zone_id, body: {} }), (a) => a.enabled === false);
await step('zones.delete', () => client.zones.delete({ zone_id }), (a) => a.id === zone_id);
await step('zones.list after that', () => all(client.zones.list({ name: 'typescript.example' })), (a) => a.length === 0);
process.exit(failed ? 1 : 0);
