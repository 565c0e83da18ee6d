/** An emulated account of a size, up, behind a proxy that replays it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LIKE_AWS, prepareMoto, startMoto } from '../../scripts/moto.ts';
import { accountOf, type Right, type Size } from './account/account.ts';
import { type Figures, measured } from './measure.ts';
import { type Replay, startReplay } from './replay.ts';
import type { Made, Tool, Verdicts } from './tools/tool.ts';

export interface Emulated {
  readonly right: readonly Right[];
  readonly replay: Replay;
  /** Lets a tool judge the account once. @param latency milliseconds that each answer takes. */
  judge(tool: Tool, latency: number): Promise<Judged>;
  /**
   * The same until every call is answered from memory: which calls a tool makes may hang on which answer comes first.
   *
   * @throws where it asks for something new each time.
   */
  replayed(tool: Tool, latency: number): Promise<Judged>;
  close(): Promise<void>;
}

/** How often a tool may ask for something new. */
const TRIES = 5;

export interface Judged extends Figures {
  readonly verdicts: Verdicts;
  readonly calls: ReadonlyMap<string, number>;
  /** The APIs that the emulated AWS had to answer itself: none, of what is measured. */
  readonly passedOn: readonly string[];
}

/** @throws where there is no moto. */
export async function emulate(size: Size): Promise<Emulated> {
  const missing = prepareMoto();
  if (missing) throw new Error(missing);
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-peers-'));
  const [planned, wrote] = [join(folder, 'plan.json'), join(folder, 'made.json')];
  const { plan, right } = accountOf(size);
  writeFileSync(planned, JSON.stringify(plan));
  const seed = resolve('bench/peers/account/seed.py');
  const moto = await startMoto(
    `${LIKE_AWS}\nimport runpy\nrunpy.run_path(${JSON.stringify(seed)}, ${JSON.stringify({ PLAN: planned, MADE: wrote })})`,
  );
  const replay = await startReplay(moto.endpoint);
  const made = JSON.parse(readFileSync(wrote, 'utf8')) as Made;
  let runs = 0;
  const judge: Emulated['judge'] = async (tool, latency) => {
    const own = join(folder, `${tool.id}-${++runs}`);
    mkdirSync(own);
    replay.restart(latency);
    const figures = await measured(tool, own, replay.endpoint);
    const { calls, passedOn } = replay;
    return { ...figures, calls, passedOn, verdicts: tool.verdicts(own, made, right) };
  };
  return {
    right,
    replay,
    judge,
    async replayed(tool, latency) {
      for (let asked: readonly string[] = [], tries = 0; ; tries++) {
        if (tries === TRIES)
          throw new Error(`${tool.name} asks each time for something new: ${asked.join(', ')}`);
        const judged = await judge(tool, latency);
        if (judged.passedOn.length === 0) return judged;
        asked = judged.passedOn;
      }
    },
    async close() {
      await replay.close();
      await moto.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
