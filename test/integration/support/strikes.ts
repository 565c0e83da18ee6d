import type { IncomingHttpHeaders } from 'node:http';
import { isReading, type Seen } from './middle.ts';

/**
 * Which readings of these calls, by what is asked, notice what somebody does: their answers are others afterwards. To one who
 * strikes, the moment before a reading that does not notice is the same as the moment after it.
 *
 * @param endpoint where the calls are asked again.
 * @param strike gives whether anything was done.
 * @returns nothing where nothing was done, because then nobody knows.
 */
export async function noticing(
  endpoint: string,
  calls: readonly Seen[],
  strike: () => Promise<boolean>,
): Promise<((call: Seen) => boolean) | undefined> {
  const nameOf = ({ service, what, about }: Seen) => `${service} ${what} ${about}`;
  const readings = calls.filter(isReading);
  const answers = async () => {
    const said = new Map<string, string>();
    for (const call of readings) {
      const { incoming, body } = call.request;
      const answer = await fetch(new URL(incoming.url ?? '/', endpoint), {
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
  if (!(await strike())) return undefined;
  const after = await answers();
  return (call) => before.get(nameOf(call)) !== after.get(nameOf(call));
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
