import Sequencer from '@jest/test-sequencer';

/** By the folder, as a fresh checkout knows no durations: what takes longest, or waits for moto and for processes, goes first. */
const SLOW_FIRST = [
  'browser/accessible',
  'rules/situations',
  'integration/remediation/',
  'integration/',
  'house/new-rule',
  'browser/',
  'e2e/',
  'house/',
  'deploy/',
];

/** Starts slow files first, so that no worker ends with one while the others have nothing left to do. */
export default class SlowFirst extends Sequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  async sort(tests) {
    const sorted = await super.sort(tests);
    const rank = ({ path }) => {
      const found = SLOW_FIRST.findIndex((folder) => path.includes(`/test/${folder}`));
      return found === -1 ? SLOW_FIRST.length : found;
    };
    // Within a folder as Jest has it: by what it remembers, else by size.
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}
