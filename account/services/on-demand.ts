import type { LiveAsk } from '../live/service.ts';
import type { AsksOnDemand } from '../live/source.ts';
import type { Reading } from '../reading.ts';
import { asksIn } from './gather.ts';
import { DECLARED } from './index.ts';
import { LOADERS } from './loaders.ts';

const folders = new Map(DECLARED.map(({ reading, folder }) => [reading, folder]));
const loaded = new Map<string, Promise<ReadonlyMap<Reading, LiveAsk>>>();

/** Every ask there is. A command that reads of three services should not wait for the clients of thirty. */
export const onDemand: AsksOnDemand = {
  serves: (reading) => !reading.byHand && LOADERS[folders.get(reading) ?? ''] !== undefined,
  async load(reading) {
    const folder = folders.get(reading);
    if (folder === undefined) return undefined;
    const asks = loaded.get(folder) ?? load(folder);
    loaded.set(folder, asks);
    return (await asks).get(reading);
  },
};

async function load(folder: string): Promise<ReadonlyMap<Reading, LiveAsk>> {
  const module = await LOADERS[folder]?.();
  return new Map(asksIn(module ? { [folder]: module } : {}).map((one) => [one.reading, one]));
}
