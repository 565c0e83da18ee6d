/** Answers a browser on this machine, and nobody else. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { policy } from '../../report/formats/html/page.ts';
import { printable } from '../../report/printable.ts';
import { messageIn, UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Page } from './page.ts';

const HOST = '127.0.0.1';
/** Registered for nothing that is in use. */
export const PORT = 4780;
/** How many ports are tried from there on, before the system gives one. */
const NEXT = 10;

export interface Serving {
  readonly url: string;
  /** Ends every connection. */
  close(): Promise<void>;
}

/**
 * Serves a page.
 *
 * @param port the one that was asked for.
 * @throws {UsageError} where it is taken.
 */
export async function serve(
  page: () => Promise<Page>,
  port: number | undefined,
  { language, progress }: Pick<World, 'language' | 'progress'>,
): Promise<Serving> {
  let own = '';
  const server = createServer((request, response) => {
    answer(request, response, own, page).catch(async (error: Error) => {
      const said = { en: error.message, ko: await messageIn(error, 'ko') };
      const text = said[language];
      progress.problem(said);
      if (response.headersSent) response.destroy();
      else say(request, response, 500, printable(text));
    });
  });
  const bound = await listen(server, port);
  own = String(bound);
  return {
    url: `http://${HOST}:${bound}/`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  port: string,
  page: () => Promise<Page>,
): Promise<void> {
  const { method, url = '', headers } = request;
  // A name that somebody has made lead here (DNS rebinding) is not this machine's.
  const host = headers.host?.toLowerCase().replace(/^[^:]+$/, '$&:80');
  if (host !== `${HOST}:${port}` && host !== `localhost:${port}`) {
    return say(request, response, 421, 'This address answers for 127.0.0.1 and localhost only.');
  }
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return say(request, response, 405, 'GET and HEAD only.');
  }
  if (url !== '/' && !url.startsWith('/?')) {
    return say(request, response, 404, 'There is one page here: /');
  }
  const { body, tag } = await page();
  secure(response);
  response.setHeader('ETag', tag);
  if (isKnown(headers['if-none-match'], tag)) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': body.length });
  response.end(method === 'HEAD' ? undefined : body);
}

/** Any of several tags; a proxy may have weakened it. */
const isKnown = (given: string | undefined, tag: string): boolean =>
  (given ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);

function say({ method }: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  secure(response);
  const body = Buffer.from(`${text}\n`);
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(method === 'HEAD' ? undefined : body);
}

/** No other site may frame, embed or read it, and a browser asks each time whether it has changed. */
function secure(response: ServerResponse): void {
  const headers = {
    'Content-Security-Policy': `${policy()}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-cache',
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** Binds to the port that was asked for; else to the usual one, the next that is free, or any. */
async function listen(server: Server, port: number | undefined): Promise<number> {
  const wanted = port === undefined ? [...Array(NEXT).keys()].map((at) => PORT + at).concat(0) : [port];
  for (const one of wanted) {
    const failure = await bind(server, one);
    if (!failure) return (server.address() as AddressInfo).port;
    const isTaken = failure.code === 'EADDRINUSE';
    if (port === undefined && isTaken) continue;
    const said = `--port ${one}: ${failure.message}`;
    throw isTaken
      ? new UsageError({
          en: `--port ${one}: it is in use: give another, or 0 for any that is free`,
          ko: `--port ${one}: 사용 중입니다. 다른 포트를 지정하거나, 아무 포트나 쓰려면 0을 지정하십시오`,
        })
      : new UsageError({ en: said, ko: said }, { quotes: failure.message });
  }
  throw new Error('no port is free');
}

const bind = (server: Server, port: number): Promise<NodeJS.ErrnoException | undefined> =>
  new Promise((settle) => {
    server.once('error', settle);
    server.listen({ host: HOST, port }, () => {
      server.off('error', settle);
      settle(undefined);
    });
  });
