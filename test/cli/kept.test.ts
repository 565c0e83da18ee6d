import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openKept } from '../../cli/evaluate/kept.ts';
import type { Result } from '../../report/result.ts';
import { type Said, worstFirst } from '../../report/said.ts';

const ACCOUNT = '111122223333';
const head = {
  account: { accountId: ACCOUNT },
  input: { accountId: ACCOUNT, source: null, asOf: new Date(0), regions: [] },
  entered: true,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'groundrules-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const said = fc.oneof(
  fc.record({
    error: fc.record({ resourceId: fc.string(), code: fc.constant('AccessDenied') }),
  }),
  fc.record({
    result: fc.record({
      resourceId: fc.string(),
      compliance: fc.constantFrom('COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE'),
      severity: fc.constantFrom('CRITICAL', 'HIGH', 'MEDIUM', 'LOW'),
    }) as unknown as fc.Arbitrary<Result>,
  }),
) as fc.Arbitrary<Said>;

test('what was said is told the worst first, whether it is sorted in memory or by going through the file', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(said, { maxLength: 30 }),
      fc.integer({ min: 0, max: 40 }),
      async (all, most) => {
        const kept = await openKept(folder, most);
        await kept.write(head, all, async () => undefined);
        const told: Said[] = [];
        for await (const one of (await openKept(folder, most)).read(ACCOUNT)) told.push(one);
        expect(told).toEqual(worstFirst(all));
      },
    ),
    { numRuns: 50 },
  );
});
