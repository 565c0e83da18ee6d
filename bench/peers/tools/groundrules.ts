/** `groundrules evaluate --live`, as it is built in dist/. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { VERSION } from '../../../package.ts';
import { COMMAND } from '../../snapshots.ts';
import { REGIONS, RULES, type Rule, type Verdict } from '../account/account.ts';
import { keyOf, type Made, type Tool, type Verdicts } from './tool.ts';

interface Results {
  readonly results: readonly { rule: Rule; resourceId: string; compliance: string; resourceType: string }[];
  readonly errors: readonly unknown[];
}

export const groundrules: Tool = {
  id: 'groundrules',
  name: 'Groundrules',
  version: VERSION,
  endsWith: [0, 1],
  command: () => ({
    program: process.execPath,
    args: [
      ...[resolve(COMMAND), 'evaluate', '--live'],
      ...['--rule', ...RULES, '--region', ...REGIONS],
      ...['--format', 'json', '--output', 'results.json'],
    ],
  }),
  verdicts(folder, { groups, users }: Made): Verdicts {
    const { results, errors } = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results;
    if (errors.length > 0)
      throw new Error(`Groundrules could not judge everything: ${JSON.stringify(errors[0])}`);
    return new Map(
      results.map(({ rule, resourceId, resourceType, compliance }) => {
        const name = groups[resourceId] ?? users[resourceId] ?? resourceId;
        return [keyOf(rule, resourceType === 'AWS::::Account' ? 'account' : name), compliance as Verdict];
      }),
    );
  },
};
