import { join } from 'node:path';
import { retell } from '../../cli/inputs/results.ts';
import type { Header, Report } from '../../report/result.ts';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { printed } from '../report/formats/support.ts';
import { result } from '../report/support.ts';

afterAll(removeFolders);

test('a file of results that is told again says of the accounts what it said', async () => {
  const accounts = [
    {
      accountId: '111122223333',
      name: 'payments-prod',
      units: [{ id: 'ou-ab12-11111111', name: 'Payments' }],
      settingsGroup: 'prod',
    },
  ];
  const folder = await folderOf({ 'results.json': await printed('json', [result()], [], { accounts }) });
  let told: Header | undefined;
  const report: Report = {
    begin: async (header) => {
      told = header;
    },
    result: () => {},
    error: () => {},
    end: async () => {},
  };
  await retell(join(folder, 'results.json'), report);
  expect(told?.accounts).toEqual(accounts);
});
