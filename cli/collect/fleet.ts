/** Collects many accounts side by side: a folder each. */
import { join } from 'node:path';
import type { LiveAccount } from '../../account/live/open.ts';
import { COLLECTED, readCollected } from '../../account/snapshot/collected.ts';
import { SnapshotError } from '../../account/snapshot/errors.ts';
import type { FleetChoice } from '../fleet/choice.ts';
import { enter, openFleet, type Place, sayLeftOut } from '../fleet/open.ts';
import { openPacing } from '../fleet/pace.ts';
import { notEntered, openRunFolder, type Reached } from '../fleet/run-folder.ts';
import { eachPlace } from '../fleet/walk.ts';
import type { LiveOptions } from '../options/live.ts';
import type { World } from '../program/world.ts';
import { type Collected, collect } from './collect.ts';

type Rest = Omit<Parameters<typeof collect>[0], 'source' | 'now' | 'signal' | 'onProgress'>;

/**
 * @param options what is collected of each account, and what is to hold the accounts' folders.
 * @param tell says what was read of an account.
 * @returns whether everything was read.
 * @throws {LiveError} where the accounts cannot be listed.
 */
export async function collectFleet(
  choice: FleetChoice,
  live: LiveOptions,
  options: Rest,
  {
    world,
    signal,
    reached,
    tell,
  }: {
    readonly world: World;
    readonly signal: AbortSignal;
    readonly reached: Reached;
    readonly tell: (collected: Collected) => void;
  },
): Promise<boolean> {
  const { rules, folder, ...others } = options;
  const asked = {
    command: 'collect',
    rules: rules.map(({ id }) => id),
    output: folder,
    ...others,
    region: live.region ?? [],
  };
  const pacing = openPacing(choice.concurrency);
  const fleet = await openFleet(choice, live, world, pacing.answered);
  // Only now: a run that cannot begin leaves nothing behind.
  const run = openRunFolder(asked, choice.resume, world);
  sayLeftOut(fleet, world.progress);
  const isDone = ({ accountId }: Place) => isCollected(join(folder, accountId), run.startedAt);
  const open = fleet.places.filter((place) => !isDone(place));
  let done = fleet.places.length - open.length;
  let missing = 0;
  let isWhole = true;
  reached.accounts = { done: () => done, all: fleet.places.length };

  const take = async (account: LiveAccount) => {
    const collected = await collect({ ...options, source: account.source, now: world.now(), signal });
    tell(collected);
    if (collected.unread.length > 0) isWhole = false;
    done++;
  };
  await eachPlace(
    open,
    pacing,
    async (place) => {
      const account = await enter(place, world.progress);
      if (account instanceof Error) missing++;
      else await take(account);
    },
    world,
    signal,
  );
  if (missing > 0) world.progress.note(notEntered(missing, fleet.places.length));
  run.ended(missing);
  return isWhole && missing === 0;
}

/** Whether an account's folder is whole, and of this run. */
function isCollected(folder: string, since: Date): boolean {
  try {
    const collected = readCollected(folder, join(folder, COLLECTED));
    return collected?.state === 'complete' && collected.collectedAt >= since;
  } catch (error) {
    if (error instanceof SnapshotError) return false;
    throw error;
  }
}
