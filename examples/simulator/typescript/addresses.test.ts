// Cloudflare's client, unchanged, against the simulator: what this project does, seen from where the mail goes.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import Cloudflare from 'cloudflare';
import { forward } from './addresses.ts';
import { Simulator } from './simulator.ts';

let simulator: Simulator;
let client: Cloudflare;
let zone_id: string;

const whereMailGoes = async (address: string): Promise<string> => (await simulator.control('POST', `mail/${address}`)).outcome;

describe('forward', () => {
  before(async () => {
    simulator = await Simulator.start();
    client = new Cloudflare({ baseURL: simulator.apiUrl, apiToken: simulator.token, maxRetries: 1 });
    await simulator.control('PUT', 'addresses/team@corp.example', { verified: true });
    ({ id: zone_id } = await simulator.control('PUT', 'zones/example.com', { routing: true }));
    await simulator.remember();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator?.stop());

  it('lets mail to the address go to its destination', async () => {
    assert.equal(await forward(client, zone_id, 'support@example.com', 'team@corp.example'), 'created');

    assert.equal(await whereMailGoes('support@example.com'), 'forwarded to team@corp.example');
    assert.equal(await whereMailGoes('sales@example.com'), 'rejected');
  });

  it('writes nothing where all is right', async () => {
    await forward(client, zone_id, 'support@example.com', 'team@corp.example');
    await simulator.control('DELETE', 'calls');

    assert.equal(await forward(client, zone_id, 'support@example.com', 'team@corp.example'), 'unchanged');

    const { calls } = await simulator.control('GET', 'calls');
    assert.notEqual(calls.length, 0);
    assert.deepEqual(calls.filter((call: { method: string }) => call.method !== 'GET'), []);
  });

  it('changes a rule that another user created', async () => {
    await simulator.control('PUT', 'zones/example.com', { rules: [{ address: 'support@example.com', drop: true }] });

    assert.equal(await forward(client, zone_id, 'support@example.com', 'team@corp.example'), 'changed');

    assert.equal(await whereMailGoes('support@example.com'), 'forwarded to team@corp.example');
  });

  it('waits for the owner of the destination', async () => {
    await simulator.control('PUT', 'addresses/newcomer@corp.example', { verified: false });
    assert.equal(await forward(client, zone_id, 'support@example.com', 'newcomer@corp.example'), 'waiting');

    await simulator.control('POST', 'addresses/newcomer@corp.example/verify');

    assert.equal(await forward(client, zone_id, 'support@example.com', 'newcomer@corp.example'), 'created');
  });

  it('creates one rule although the answer is lost', async () => {
    await simulator.control('POST', 'faults', { method: 'POST', path: '/email/routing/rules', fault: { reset: 'after' } });

    assert.equal(await forward(client, zone_id, 'support@example.com', 'team@corp.example'), 'created');

    const { calls } = await simulator.control('GET', 'calls');
    const attempts = calls.filter((call: { method: string }) => call.method === 'POST');
    assert.deepEqual(attempts.map((call: { status: number }) => call.status), [0, 409]);
    assert.equal((await simulator.control('GET', 'zones/example.com')).rules.length, 1);
  });

  it('fails with a token that may only read', async () => {
    const { value } = await simulator.control('PUT', 'tokens/reader', { rights: ['Zone: Zone: Read', 'Zone: Email Routing Rules: Read'] });
    const reader = new Cloudflare({ baseURL: simulator.apiUrl, apiToken: value, maxRetries: 0 });

    await assert.rejects(forward(reader, zone_id, 'support@example.com', 'team@corp.example'), Cloudflare.PermissionDeniedError);
  });
});
