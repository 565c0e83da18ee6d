import type { IncomingHttpHeaders } from 'node:http';
import { isReading, type Seen } from './middle.ts';

/**
 * Which readings of these calls, by what is asked, notice what somebody does: their answers are others afterwards. To one who
 * strikes, the moment before a reading that does not notice is the same as the moment after it.
 *
 * @param moto where the calls are asked again.
 * @param strike gives whether anything was done; if not, nobody knows, and every reading counts.
 */
export async function noticing(
  moto: string,
  calls: readonly Seen[],
  strike: () => Promise<boolean>,
): Promise<(call: Seen) => boolean> {
  const nameOf = ({ service, what }: Seen) => `${service} ${what}`;
  const readings = calls.filter(isReading);
  const answers = async () => {
    const said = new Map<string, string>();
    for (const call of readings) {
      if (!call.request) continue;
      const { incoming, body } = call.request;
      const answer = await fetch(new URL(incoming.url ?? '/', moto), {
        method: incoming.method ?? 'GET',
        headers: headersOf(incoming.headers),
        ...(body.length > 0 && { body: new Uint8Array(body) }),
      });
      const text = (await answer.text()).replaceAll(/<RequestId>[^<]*/gi, '');
      said.set(nameOf(call), `${said.get(nameOf(call)) ?? ''}${answer.status} ${text}\n`);
    }
    return said;
  };
  const before = await answers();
  if (!(await strike())) return () => true;
  const after = await answers();
  // What no moto answered may notice anything.
  return (call) => !before.has(nameOf(call)) || before.get(nameOf(call)) !== after.get(nameOf(call));
}

/** But for those that belong to a connection. */
const headersOf = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      /^(?:host|connection|content-length|transfer-encoding|expect|keep-alive)$/.test(name) ||
      value === undefined
        ? []
        : [[name, String(value)]],
    ),
  );
