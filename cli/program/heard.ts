/** How much is heard of a run on standard error: `--quiet`, `--progress`. */
import type { Both } from '../../report/both.ts';
import { jsonText } from '../../report/printable.ts';
import { UsageError } from './errors.ts';
import type { About, Progress } from './progress.ts';
import type { World } from './world.ts';

/** Runs a command with as much said of how it goes as `--quiet` and `--progress`, where it has them, want. */
export async function heard(
  command: string,
  { quiet, progress }: { readonly quiet?: unknown; readonly progress?: unknown },
  world: World,
  run: (around: World) => Promise<number>,
): Promise<number> {
  if (quiet === true && progress !== undefined) {
    throw new UsageError({
      en: '--quiet and --progress exclude each other',
      ko: '--quiet와 --progress는 함께 쓸 수 없습니다',
    });
  }
  if (quiet === true) return run({ ...world, progress: quietly(world.progress) });
  if (progress !== 'json') return run(world);
  const lines = jsonProgress(world.complain, command, world.now);
  // Whoever reads the lines gets the error as one of them, too.
  const status = await run({ ...world, progress: lines }).catch((error: Error) => {
    lines.failed(error);
    return 2;
  });
  lines.end(status);
  return status;
}

/** `--quiet`: what went wrong, and what a question is about. */
export const quietly = (progress: Progress): Progress => ({ ...progress, step() {}, note() {} });

/** What `--progress json` writes: one object a line. Fields are only ever added. */
export interface ProgressLine extends About {
  readonly schemaVersion: '1.0';
  readonly at: string;
  readonly command: string;
  readonly kind: 'step' | 'note' | 'problem' | 'error' | 'end';
  /** In English. */
  readonly text?: string;
  /** Of the end: the exit status. */
  readonly status?: number;
}

export interface JsonProgress extends Progress {
  /** What ended the run before its time. */
  failed(error: Error): void;
  end(status: number): void;
}

/** @param write takes a line, and its end. */
export function jsonProgress(write: (text: string) => void, command: string, now: () => Date): JsonProgress {
  const line = (kind: ProgressLine['kind'], rest: Omit<Partial<ProgressLine>, 'kind'>) => {
    const said: ProgressLine = { schemaVersion: '1.0', at: now().toISOString(), command, kind, ...rest };
    write(`${jsonText(said)}\n`);
  };
  const lineOf =
    (kind: 'step' | 'note' | 'problem') =>
    ({ en }: Both, about: About = {}) =>
      line(kind, { text: en, ...about });
  return {
    step: lineOf('step'),
    note: lineOf('note'),
    problem: lineOf('problem'),
    // Made to be looked at: without colours, for they are no text.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
    show: (text) => line('note', { text: text.replace(/\u001B\[\d+m/g, '') }),
    done() {},
    failed(error) {
      const { message, stack = message, code } = error as Error & { readonly code?: unknown };
      line('error', typeof code === 'string' ? { text: message, code } : { text: stack });
    },
    end: (status) => line('end', { status }),
  };
}
