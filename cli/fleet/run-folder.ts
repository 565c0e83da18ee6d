/** What a run over many accounts leaves behind where it is interrupted, so that another goes on. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { VERSION } from '../../package.ts';
import type { Both } from '../../report/both.ts';
import { jsonText } from '../../report/printable.ts';
import { UsageError } from '../program/errors.ts';
import { SIGNALS, STATUS_OF, type World } from '../program/world.ts';

/** In the current folder. */
export const RUN_FOLDER = 'groundrules-run';

export interface RunFolder {
  readonly path: string;
  /** When the first of the runs began that it is of. */
  readonly startedAt: Date;
  /**
   * The run has come to its end.
   *
   * @param missing accounts that could not be entered: what is kept of the others stays for another try.
   */
  ended(missing: number): void;
}

/** In it: what was asked for, and that there was an end. */
const [ASKED, ENDED] = ['run.json', 'ended'];

/**
 * Opens the folder.
 *
 * @param asked what the outcome hangs on: whoever goes on has to ask for the same.
 * @throws {UsageError} where an interrupted run is kept that was not to be resumed, or was asked for something else.
 */
export function openRunFolder(
  asked: { readonly command: string },
  resume: boolean,
  { now, progress }: Pick<World, 'now' | 'progress'>,
  path = RUN_FOLDER,
): RunFolder {
  const [about, ended] = [join(path, ASKED), join(path, ENDED)];
  if (existsSync(ended) && !resume) rmSync(path, { recursive: true });
  const wanted = JSON.parse(jsonText({ schemaVersion: '1.0', version: VERSION, ...asked })) as object;
  let startedAt = now();
  if (existsSync(about)) {
    if (!resume) throw new UsageError(kept(path));
    const { startedAt: began, ...before } = JSON.parse(readFileSync(about, 'utf8')) as { startedAt: string };
    checkSame(path, before, wanted);
    startedAt = new Date(began);
    rmSync(ended, { force: true });
  } else {
    if (resume) progress.note(nothingKept(path));
    mkdirSync(path, { recursive: true, mode: 0o700 });
    writeFileSync(about, `${jsonText({ ...wanted, startedAt: startedAt.toISOString() }, 2)}\n`, {
      mode: 0o600,
    });
  }
  return {
    path,
    startedAt,
    ended(missing) {
      if (missing > 0) writeFileSync(ended, '', { mode: 0o600 });
      else rmSync(path, { recursive: true });
    },
  };
}

function checkSame(path: string, kept: object, wanted: object): void {
  const [one, other] = [kept, wanted] as Record<string, unknown>[] as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  const differs = [...new Set([...Object.keys(one), ...Object.keys(other)])].find(
    (key) => !isDeepStrictEqual(one[key], other[key]),
  );
  if (differs === undefined) return;
  throw new UsageError({
    en: `--resume: the run in ${path} was started with another "${differs}": give the same, or delete the folder to begin anew`,
    ko: `--resume: ${path}의 실행은 "${differs}" 값이 다릅니다. 같은 값을 주거나, 새로 시작하려면 폴더를 지우십시오`,
  });
}

const kept = (path: string): Both => ({
  en: `${path}: an interrupted run is kept here: --resume goes on with it. Delete the folder to begin anew`,
  ko: `${path}: 중단된 실행이 여기에 남아 있습니다. --resume으로 이어 가거나, 새로 시작하려면 폴더를 지우십시오`,
});
const nothingKept = (path: string): Both => ({
  en: `--resume: no interrupted run is kept in ${path}, so this one begins anew`,
  ko: `--resume: ${path}에 중단된 실행이 없어 새로 시작합니다`,
});

/** How far a run is, for who interrupts it. */
export interface Reached {
  accounts?: { readonly done: () => number; readonly all: number };
}

/** Has an interrupted run say how to go on, and end. To be called before anything else takes the signals. */
export function sayHowToResume({ exit, onInterrupt, progress }: World): {
  reached: Reached;
  release(): void;
} {
  const reached: Reached = {};
  const release = onInterrupt(SIGNALS, (signal) => {
    progress.done();
    if (reached.accounts) progress.problem(interrupted(reached.accounts.done(), reached.accounts.all));
    exit(STATUS_OF[signal]);
  });
  return { reached, release };
}

export const interrupted = (done: number, all: number): Both => ({
  en: `interrupted: ${done} of ${all} accounts are done. The same command with --resume goes on`,
  ko: `중단됨: 계정 ${all}개 중 ${done}개를 마쳤습니다. 같은 명령에 --resume을 더하면 이어 갑니다`,
});

/** @param missing how many could not be entered, if any. */
export const notEntered = (missing: number, all: number): Both => ({
  en: `${missing} of ${all} accounts could not be entered: the same command with --resume tries these again`,
  ko: `계정 ${all}개 중 ${missing}개에 들어가지 못했습니다. 같은 명령에 --resume을 더하면 이 계정만 다시 시도합니다`,
});
