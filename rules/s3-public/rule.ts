import type { Account } from '../../account/account.ts';
import { AccountError } from '../../account/errors.ts';
import { type Bucket, bucketNamed, bucketsInView, tagsOf } from '../../account/services/s3/buckets.ts';
import { bucketLocation, buckets, bucketTags } from '../../account/services/s3/readings.ts';
import { compliant, couldNotTell, nonCompliant, notApplicable } from '../judgement.ts';
import { boolean, optionalText, parameter, words } from '../parameters.ts';
import { type Context, defineRule, every, type Judgement, onChange } from '../rule.ts';
import { judgeEach } from '../shared/each.ts';
import { type Exempt, unlessTagged } from '../shared/exemption.ts';
import {
  aclExposure,
  type Exposure,
  exposureReads,
  mergeErrors,
  notAsked,
  policyExposure,
  present,
  type SaidNotPublic,
  type Settled,
  settledFirst,
  Vanished,
} from './exposure.ts';
import { fix } from './fix.ts';
import { messages } from './messages.ts';

const resourceOf = ({ name, region }: Bucket) => ({ type: 'AWS::S3::Bucket', id: name, name, region });

const parameters = {
  exemptBuckets: parameter(words(), '', {
    en: 'Names of buckets that are not judged, separated by commas.',
    ko: '판정하지 않을 버킷 이름(쉼표로 구분).',
  }),
  exemptTagKey: parameter(optionalText(), '', {
    en: 'A bucket that has this tag, whatever its value, is not judged.',
    ko: '이 키의 태그가 있는 버킷은 값과 관계없이 판정하지 않습니다.',
  }),
  allowPublicWebsite: parameter(boolean(), 'false', {
    en: 'Whether a bucket with static website hosting may let anyone read its objects through its policy.',
    ko: '정적 웹 사이트 호스팅을 켠 버킷이 정책으로 누구나 객체를 읽게 해도 되는지 여부.',
  }),
};

const reads = [buckets, bucketLocation, ...exposureReads, bucketTags] as const;
type View = Account<(typeof reads)[number]>;

/** Buckets that strangers can reach: by an ACL or a policy that no Block Public Access setting neutralises. */
export default defineRule<typeof parameters, Exposure | SaidNotPublic | Exempt>()({
  id: 's3-public',
  severity: 'CRITICAL',
  resourceTypes: ['AWS::S3::Bucket'],
  scope: 'regional',
  triggers: [onChange(), every('TwentyFour_Hours')],
  parameters,
  reads,
  messages,

  async *judge(account, { exemptBuckets, exemptTagKey, allowPublicWebsite }, context) {
    const settledOf = context.resource ? () => notAsked : settledFirst(account);
    yield* judgeEach(bucketsOf(account, context), resourceOf, async (bucket) => {
      const resource = resourceOf(bucket);
      if (exemptBuckets.includes(bucket.name)) {
        return notApplicable<Exempt>(resource, [{ kind: 'exempt', by: 'parameter exemptBuckets' }]);
      }
      const judge = () => judgeBucket(account, bucket, allowPublicWebsite, settledOf(bucket.name));
      try {
        return await unlessTagged(resource, exemptTagKey, () => present(tagsOf(account, bucket.name)), judge);
      } catch (error) {
        if (error instanceof Vanished) return undefined;
        throw error;
      }
    });
  },

  fix,
  // Where no setting blocks, a periodic run makes two calls a bucket (2,128 for 1,000), and S3 throttles by account.
  size: { memoryMegabytes: 1024, timeoutSeconds: 900 },
  calls: { fixed: 2, each: 2.1 },
});

async function* bucketsOf(account: View, { resource }: Context): AsyncGenerator<Bucket> {
  if (!resource) return yield* bucketsInView(account);
  const bucket = await bucketNamed(account, resource.id);
  if (bucket) yield bucket;
}

async function judgeBucket(
  account: View,
  bucket: Bucket,
  allowPublicWebsite: boolean,
  settled: Settled,
): Promise<Judgement<Exposure | SaidNotPublic>> {
  const resource = resourceOf(bucket);
  const exposures = await Promise.all([
    policyExposure(account, bucket.name, allowPublicWebsite, settled),
    aclExposure(account, bucket.name, settled),
  ]);
  const found: Exposure[] = [];
  const excused: SaidNotPublic[] = [];
  const errors: AccountError[] = [];
  for (const exposure of exposures) {
    if (exposure instanceof AccountError) errors.push(exposure);
    else {
      for (const one of exposure) {
        if (one.kind === 'saidNotPublic') excused.push(one);
        else found.push(one);
      }
    }
  }
  if (found.length > 0) return nonCompliant(resource, found.sort(worstFirst));
  return errors.length > 0 ? couldNotTell(resource, mergeErrors(errors)) : compliant(resource, excused);
}

/** Findings that let strangers change something come first, then policies before ACLs. */
const worstFirst = (a: Exposure, b: Exposure): number =>
  Number(b.writes) - Number(a.writes) || Number(a.kind === 'publicAcl') - Number(b.kind === 'publicAcl');
