/** Random events against a Security Hub that updates findings as AWS says it does, and refuses what the format does not allow. */
import type { AwsSecurityFinding, SecurityHubClient } from '@aws-sdk/client-securityhub';
import fc from 'fast-check';
import { securityHubBridge } from '../../deploy/security-hub/bridge.ts';
import { bridgedControls } from '../../report/asff/controls.ts';
import type { Verdict } from '../../report/asff/finding.ts';
import {
  ACCOUNT,
  type ChangeOptions,
  complianceChange,
  messages,
  time,
} from './support/compliance-change.ts';

const VERDICTS: Verdict[] = ['COMPLIANT', 'NON_COMPLIANT', 'NOT_APPLICABLE', 'INSUFFICIENT_DATA', 'DELETED'];

/**
 * Keeps findings by the documented rule: an update counts if its UpdatedAt is later
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html).
 */
class Hub {
  readonly findings = new Map<string, AwsSecurityFinding>();
  /** Whether the next finding is taken. */
  readonly #takes: () => boolean;

  constructor(takes: () => boolean = () => true) {
    this.#takes = takes;
  }

  send = async ({ input }: { input: { Findings: AwsSecurityFinding[] } }) => {
    expect(input.Findings.length).toBeLessThanOrEqual(100);
    const ids = input.Findings.map(({ Id }) => Id);
    expect(new Set(ids).size).toBe(ids.length);
    const refused = input.Findings.filter((finding) => !this.#take(finding));
    return {
      SuccessCount: input.Findings.length - refused.length,
      FailedCount: refused.length,
      FailedFindings: refused.map(({ Id }) => ({ Id, ErrorCode: 'InternalError', ErrorMessage: 'again' })),
    };
  };

  #take(finding: AwsSecurityFinding): boolean {
    if (!this.#takes()) return false;
    const id = finding.Id as string;
    const before = this.findings.get(id);
    if (!before || (finding.UpdatedAt as string) > (before.UpdatedAt as string))
      this.findings.set(id, finding);
    return true;
  }
}

const bridgeTo = (hub: Hub) =>
  securityHubBridge(bridgedControls, {
    client: hub as unknown as SecurityHubClient,
    log: { info: () => {}, warn: () => {} },
    env: {},
  });

const anyText = fc.string({ unit: 'binary', maxLength: 400 });
const rule = fc.constantFrom('sg-open-ports-conformance-pack-n0q8yfwsp', 'root-mfa', 's3-public', 'theirs');
const name = (size: { minLength: number; maxLength: number }) =>
  fc.string(size).filter((text) => text.trim() !== '');
const verdict = fc.constantFrom(...VERDICTS);
const second = fc.integer({ min: 0, max: 40 });
/** Few resources and few moments, so that events meet. */
const change: fc.Arbitrary<ChangeOptions> = fc.record(
  {
    rule,
    id: fc.constantFrom('a', 'b'),
    verdict,
    at: second,
    before: fc.record({ verdict: fc.constantFrom('COMPLIANT', 'NON_COMPLIANT'), at: second }),
  },
  { requiredKeys: ['rule', 'id', 'verdict', 'at'] },
);
const history = fc.array(change, { maxLength: 30 });

/** Feeds a history in batches, until nothing stays in the queue. */
async function feed(hub: Hub, events: readonly ChangeOptions[], sizes: readonly number[]): Promise<Hub> {
  const handler = bridgeTo(hub);
  let queue = events.map((one) => complianceChange(one));
  for (let turn = 0; queue.length > 0; turn++) {
    if (turn > 500) throw new Error('the queue does not empty');
    const batch = queue.splice(0, sizes[turn % sizes.length] ?? 1);
    const { batchItemFailures } = await handler(messages(...batch));
    const again = batchItemFailures.map(
      ({ itemIdentifier }) => batch[Number(itemIdentifier.slice(1))] as object,
    );
    queue = [...queue, ...again];
  }
  return hub;
}

const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 });

test('any event is a finding within the limits of the format, the same one each time', () =>
  fc.assert(
    fc.asyncProperty(
      fc.record({
        rule: fc.constantFrom(...Object.keys(bridgedControls)),
        type: fc.oneof(
          fc.constantFrom('AWS::S3::Bucket', 'AWS::::Account', 'AWS::EC2::Volume'),
          name({ minLength: 1, maxLength: 256 }),
        ),
        id: fc.oneof(name({ minLength: 1, maxLength: 768 }), name({ minLength: 600, maxLength: 768 })),
        verdict,
        at: second,
        annotation: fc.oneof(anyText, fc.constant(null)),
      }),
      async (options) => {
        const hub = new Hub();
        const handler = bridgeTo(hub);
        expect(await handler(messages(complianceChange(options)))).toEqual({ batchItemFailures: [] });
        const [finding, more] = [...hub.findings.values()] as [AwsSecurityFinding, unknown];
        expect(more).toBeUndefined();
        expect(finding.Id).toMatch(/^\S{1,512}$/);
        expect(finding.Resources?.[0]?.Id).toMatch(/^.+$/);
        expect(finding.Title).toMatch(/^.{1,256}$/);
        expect(finding.Description).toMatch(/^.{1,1024}$/);
        expect(finding.Description).toMatch(/\S/);
        expect(finding.Description).toBe(Buffer.from(finding.Description as string).toString());
        expect(finding.Remediation?.Recommendation?.Text).toMatch(/^.{1,512}$/);
        expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(60 * 1024);
        expect(finding.Compliance?.Status === 'PASSED').toBe(
          ['COMPLIANT', 'NOT_APPLICABLE', 'DELETED'].includes(options.verdict),
        );
        const before = JSON.stringify(finding);
        await handler(messages(complianceChange(options)));
        expect([...hub.findings.values()].map((one) => JSON.stringify(one))).toEqual([before]);
      },
    ),
    { numRuns: 1_000 },
  ));

test('different things are different findings', () =>
  fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        fc.tuple(
          fc.string({ minLength: 1, maxLength: 3 }),
          fc.string({ minLength: 1, maxLength: 700, unit: fc.constantFrom('a', '/', ':') }),
        ),
        {
          minLength: 2,
          maxLength: 8,
          selector: ([type, id]) => `${type} ${id}`,
        },
      ),
      async (things) => {
        // AWS's names of types have no slash.
        const named = things.map(([type, id]) =>
          complianceChange({ type: `AWS::${type.replaceAll('/', '_')}::T`, id }),
        );
        const hub = new Hub();
        await bridgeTo(hub)(messages(...named));
        expect(hub.findings.size).toBe(new Set(named.map((one) => JSON.stringify(one))).size);
      },
    ),
  ));

/** What there must be in the end: the latest verdict of each thing. Only one of each moment, as AWS Config has it. */
function oracle(events: readonly ChangeOptions[]): Map<string, string> {
  const last = new Map<string, ChangeOptions>();
  for (const event of events) {
    if (event.rule === 'theirs') continue;
    const key = `${event.rule?.split('-conformance')[0]} ${event.id}`;
    if ((last.get(key)?.at ?? -1) < (event.at ?? 0)) last.set(key, event);
  }
  return new Map([...last].map(([key, { verdict: one, at }]) => [key, `${one} ${time(at ?? 0)}`]));
}

const stateOf = (hub: Hub): Map<string, string> =>
  new Map(
    [...hub.findings.values()].map((finding) => [
      `${finding.GeneratorId?.split('/')[1]} ${finding.Id?.split('/').at(-1)}`,
      `${finding.ProductFields?.['groundrules/Verdict']} ${finding.UpdatedAt}`,
    ]),
  );

/** AWS Config records one verdict of a thing at a time. */
const oneAtATime = history.map((events) => {
  const seen = new Set<string>();
  return events.filter(({ rule: name, id, at }) => {
    const key = `${name} ${id} ${at}`;
    return !seen.has(key) && seen.add(key);
  });
});

test('in the end each thing has its latest verdict: in any order, in any batches, delivered twice, refused in between', () =>
  fc.assert(
    fc.asyncProperty(
      oneAtATime.chain((events) =>
        fc.tuple(
          fc.constant(events),
          fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
        ),
      ),
      sizes,
      fc.infiniteStream(fc.boolean()),
      async ([events, delivered], batches, coin) => {
        const hub = await feed(new Hub(() => coin.next().value as boolean), delivered, batches);
        expect(stateOf(hub)).toEqual(oracle(events));
      },
    ),
    { numRuns: 500 },
  ));

test('of two verdicts of the same moment in one batch the worse one holds, whichever comes first', () =>
  fc.assert(
    fc.asyncProperty(verdict, verdict, async (one, other) => {
      const run = async (...order: Verdict[]) => {
        const hub = new Hub();
        await bridgeTo(hub)(messages(...order.map((each) => complianceChange({ verdict: each, at: 7 }))));
        return [...hub.findings.values()].map(({ ProductFields }) => ProductFields?.['groundrules/Verdict']);
      };
      const said = await run(one, other);
      expect(await run(other, one)).toEqual(said);
      if ([one, other].includes('NON_COMPLIANT')) expect(said).toEqual(['NON_COMPLIANT']);
    }),
  ));

test('no message makes the function fail, and none is lost', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.jsonValue().map((value) => JSON.stringify(value)),
          anyText,
        ),
        { maxLength: 5 },
      ),
      async (bodies) => {
        const hub = new Hub();
        const { batchItemFailures } = await bridgeTo(hub)(
          messages(...bodies, complianceChange({ id: ACCOUNT })),
        );
        expect(batchItemFailures).toHaveLength(bodies.length);
        expect(hub.findings.size).toBe(1);
      },
    ),
  ));
