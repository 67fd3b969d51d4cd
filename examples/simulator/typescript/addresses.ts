// What this project is about: mail to an address is to go to a destination. Nothing in here knows of the simulator.
import Cloudflare from 'cloudflare';

/** What was done: `waiting` where the owner of the destination has yet to click the link in Cloudflare's mail. */
export type Outcome = 'created' | 'changed' | 'unchanged' | 'waiting';

/** Cloudflare's code for a rule that forwards to an address which is not verified. */
const UNVERIFIED = 2054;

/** Lets mail to the address go to the destination. Can be repeated. */
export async function forward(client: Cloudflare, zone_id: string, address: string, destination: string): Promise<Outcome> {
  const rule = await ruleFor(client, zone_id, address);
  if (rule && rule.destination === destination) return 'unchanged';
  const wanted = {
    zone_id,
    name: `mail to ${address}`,
    enabled: true,
    matchers: [{ type: 'literal' as const, field: 'to' as const, value: address }],
    actions: [{ type: 'forward' as const, value: [destination] }],
  };
  try {
    if (rule) {
      await client.emailRouting.rules.update(rule.id, wanted);
      return 'changed';
    }
    await client.emailRouting.rules.create(wanted);
    return 'created';
  } catch (error) {
    if (error instanceof Cloudflare.APIError && error.errors.some((item) => item.code === UNVERIFIED)) return 'waiting';
    // The answer to a first attempt may have been lost: the client repeated it by itself, and then the rule was there already.
    if (error instanceof Cloudflare.ConflictError && (await ruleFor(client, zone_id, address))?.destination === destination) return 'created';
    throw error;
  }
}

/** The rule for the address, and where it forwards to while it is on. */
async function ruleFor(client: Cloudflare, zone_id: string, address: string) {
  for await (const rule of client.emailRouting.rules.list({ zone_id })) {
    if (rule.id && rule.matchers?.some((matcher) => matcher.value?.toLowerCase() === address.toLowerCase())) {
      const action = rule.enabled ? rule.actions?.[0] : undefined;
      return { id: rule.id, destination: action?.type === 'forward' ? action.value?.[0] : undefined };
    }
  }
  return undefined;
}
