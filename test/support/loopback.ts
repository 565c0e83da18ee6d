/** Servers of the tests' own, on a loopback port that the system chooses; most stand before moto. */
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Loopback {
  /** `http://127.0.0.1:54321` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Serves until it is stopped, whoever is still connected then. */
export async function serve(listener: RequestListener): Promise<Loopback> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** All of a message. Not `buffer` of `node:stream/consumers`, which takes a Blob's way. */
export function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    incoming
      .on('data', (part: Buffer) => parts.push(part))
      .once('end', () => resolve(Buffer.concat(parts)))
      .once('error', reject);
  });
}

/** Asks another server the same, and hands its reply on. @param take has the reply instead, where it is not to go on as it is. */
export function passOn(
  to: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  take: (reply: IncomingMessage) => void = (reply) => handOn(reply, outgoing),
): void {
  const onward = request(new URL(url ?? '/', to), { method, headers }, take);
  onward.on('error', () => outgoing.destroy()).end(body);
}

/** A reply, as it is. */
export function handOn(reply: IncomingMessage, outgoing: ServerResponse): void {
  reply.pipe(outgoing.writeHead(reply.statusCode ?? 502, reply.headers));
}
