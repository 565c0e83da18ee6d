/**
 * Every situation that moto can be made to be in, a part of it at least; what moto has not got, a stand-in before it answers. The
 * stand-in alone answers in test/rules/situations.test.ts, for every situation of every rule.
 */
import { liveSource } from '../../account/live/source.ts';
import { readAccount } from '../../account/open.ts';
import { ASKS } from '../../account/services/live.ts';
import { type StandIn, startStandIn } from '../support/aws/stand-in.ts';
import { ACCOUNT, judged } from '../support/memory.ts';
import { allSituations } from '../support/situations.ts';
import { verdictsOf } from '../support/verdicts.ts';
import { ANYBODY, useMoto } from './support/moto.ts';
import { isSeedable, seed } from './support/seeders/index.ts';

// The account that the situations are of.
const moto = useMoto(() => `import os; os.environ['MOTO_ACCOUNT_ID'] = '${ACCOUNT}'`);
let standIn: StandIn;
/** Whether moto has been made so: else nothing of it is of the account. */
let isMade = false;
beforeAll(async () => {
  standIn = await startStandIn({ accountId: ACCOUNT }, () => (isMade ? moto.endpoint : undefined));
});
afterAll(() => standIn?.stop());

const onMoto = allSituations.flatMap(({ rule, situations }) => {
  const seedable = situations.filter(({ filesOnly, readings }) => !filesOnly && isSeedable(readings));
  return seedable.length > 0 ? [{ id: rule.id, rule, situations: seedable }] : [];
});

describe.each(onMoto)('$id', ({ rule, situations }) => {
  test.each(situations)('$situation', async (situation) => {
    const { readings, regions = ['us-east-1'], parameters = {} } = situation;
    const seeded = await seed(moto.client, readings);
    isMade = seeded.isMade;
    standIn.reset(seeded.readings);
    const source = liveSource({
      accountId: ACCOUNT,
      regions,
      asks: ASKS,
      sleep: async () => {},
      config: { endpoint: standIn.endpoint, credentials: ANYBODY, maxAttempts: 1 },
    });
    const said = await judged(rule, readAccount(source), parameters);
    standIn.check();
    expect(said.map(({ id, compliance }) => [id, compliance]).sort()).toEqual(
      verdictsOf(situation)
        .map(([id, [compliance]]) => [id ?? said[0]?.id, compliance])
        .sort(),
    );
  });
});
