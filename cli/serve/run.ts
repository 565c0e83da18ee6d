import { applyLimits } from '../options/limit.ts';
import { UsageError } from '../program/errors.ts';
import { SIGNALS, type Signal, STATUS_OF, type World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';
import { PageMaker, sourcesOf } from './page.ts';
import { serve } from './server.ts';

/** `groundrules serve`. Runs until Ctrl-C, which is how it is meant to end: status 0. */
export async function run([path]: Arguments, options: Options, world: World): Promise<number> {
  applyLimits(options.limit);
  const port = readPort(options.port);
  const maker = new PageMaker(sourcesOf(path, options.history, options.baseline), world);
  try {
    return await served(maker, port, world);
  } finally {
    await maker.close();
  }
}

async function served(maker: PageMaker, port: number | undefined, world: World): Promise<number> {
  let take: (signal: Signal) => void = () => {};
  const ended = new Promise<Signal>((settle) => {
    take = settle;
  });
  // What cannot be read is said before anybody opens the page.
  world.progress.step({ en: 'reading the results', ko: '결과를 읽는 중' });
  await maker.page();
  world.progress.done();
  const serving = await serve(() => maker.page(), port, world);
  const release = world.onInterrupt(SIGNALS, take);
  world.print(`${serving.url}\n`);
  world.progress.note({
    en: 'open it in a browser; Ctrl-C ends it',
    ko: '브라우저로 여십시오. Ctrl-C로 끝냅니다',
  });
  if (maker.isReading()) {
    world.progress.note({
      en: 'earlier runs are still being read: the page has their trend as soon as all of them are, when it is loaded again',
      ko: '이전 실행을 아직 읽고 있습니다. 모두 읽은 뒤 페이지를 새로 고치면 추이가 나타납니다',
    });
  }
  const signal = await ended;
  release();
  await serving.close();
  return signal === 'SIGINT' ? 0 : STATUS_OF[signal];
}

/** @throws {UsageError} for what is no port. */
function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError({
    en: `--port ${text}: expected a number from 0 to 65535`,
    ko: `--port ${text}: 0에서 65535 사이의 숫자여야 합니다`,
  });
}
