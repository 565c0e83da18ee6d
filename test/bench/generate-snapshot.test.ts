import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFileAccounts } from '../../account/snapshot/account.ts';
import { configSnapshot, writeConfigSnapshot } from '../../bench/generate-snapshot.ts';
import rule from '../../rules/sg-open-ports/rule.ts';
import { judged } from '../support/memory.ts';

const text = (options: Parameters<typeof configSnapshot>[0]) => [...configSnapshot(options)].join('');

test('the same arguments give the same file, another seed another', () => {
  expect(text({ securityGroups: 50 })).toBe(text({ securityGroups: 50 }));
  expect(text({ securityGroups: 50 })).not.toBe(text({ securityGroups: 50, seed: 2 }));
});

test.each([
  ['snapshot.json', 2000, 0.1],
  ['snapshot.json.gz', 500, 0.5],
  ['empty of open groups.json', 300, 0],
])(
  '%s: as many groups as asked for, and about that share NON_COMPLIANT',
  async (name, securityGroups, openShare) => {
    const folder = await mkdtemp(join(tmpdir(), 'groundrules-test-'));
    try {
      const file = join(folder, name);
      await writeConfigSnapshot(file, { securityGroups, openShare });
      const [first] = await configFileAccounts([file]);
      if (!first) throw new Error('no account in the file');
      const said = await judged(rule, first.account);
      expect(new Set(said.map(({ id }) => id)).size).toBe(securityGroups);
      const open = said.filter(({ compliance }) => compliance === 'NON_COMPLIANT').length / securityGroups;
      expect(Math.abs(open - openShare)).toBeLessThan(0.05);
      expect(said.every(({ compliance }) => compliance !== 'UNKNOWN')).toBe(true);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
