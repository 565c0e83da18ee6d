import {
  CreateBucketCommand,
  GetPublicAccessBlockCommand,
  type PublicAccessBlockConfiguration,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketWebsiteCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import rule from '../../../rules/s3-public/rule.ts';
import type { Picture } from '../support/picture.ts';
import { type Rival, remediates } from '../support/remediation.ts';

const Bucket = 'moonjar-website';
type S3 = { send: S3Client['send'] };

/** The bucket in question, another public one beside it, and what was done to the first. */
const bucket =
  (...make: ((s3: S3) => Promise<unknown>)[]) =>
  async (client: object) => {
    const s3 = new S3Client({ ...client, forcePathStyle: true });
    for (const name of [Bucket, 'moonjar-bystander']) {
      await s3.send(new CreateBucketCommand({ Bucket: name }));
      await publicPolicy(name)(s3);
    }
    for (const step of make) await step(s3);
    return Bucket;
  };

const allow = (bucket: string, more: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
  ...more,
});
const publicPolicy =
  (name: string, ...more: object[]) =>
  (s3: S3) =>
    s3.send(
      new PutBucketPolicyCommand({
        Bucket: name,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [allow(name), ...more.map((one) => allow(name, one))],
        }),
      }),
    );
const publicAcl = async (s3: S3) => {
  await s3.send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
    }),
  );
  await s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
};
const block = (flags: object) => (s3: S3) =>
  s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: flags }));
const website = (s3: S3) =>
  s3.send(
    new PutBucketWebsiteCommand({
      Bucket,
      WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
    }),
  );

/** Turns flags on, and leaves the others as they are. */
const turnsOn = (...flags: (keyof PublicAccessBlockConfiguration)[]): Rival => ({
  does: `turns ${flags.join(' and ')} on`,
  async strike(client) {
    const s3 = new S3Client({ ...client, forcePathStyle: true });
    const now = await s3.send(new GetPublicAccessBlockCommand({ Bucket })).then(
      ({ PublicAccessBlockConfiguration }) => PublicAccessBlockConfiguration,
      () => ({}) as PublicAccessBlockConfiguration,
    );
    if (flags.every((flag) => now?.[flag])) return false;
    await block({ ...now, ...Object.fromEntries(flags.map((flag) => [flag, true])) })(s3);
    return true;
  },
  holds(now: Picture) {
    const { PublicAccessBlockConfiguration = {} } = JSON.parse(
      now[`bucket ${Bucket}: public access block`] ?? '{}',
    ) as { PublicAccessBlockConfiguration?: PublicAccessBlockConfiguration };
    expect(PublicAccessBlockConfiguration).toMatchObject(
      Object.fromEntries(flags.map((flag) => [flag, true])),
    );
  },
  duringUndo: true,
});

const changes = /^bucket moonjar-website: public access block$/;

remediates({
  rule,
  scenarios: [
    {
      situation: 'a public policy',
      found: bucket(),
      changes,
      message: /RestrictPublicBuckets on/,
      rivals: [
        turnsOn('BlockPublicAcls', 'BlockPublicPolicy'),
        { ...turnsOn('RestrictPublicBuckets'), duringUndo: false },
      ],
    },
    {
      situation: 'a public ACL as well, all flags',
      found: bucket(publicAcl),
      parameters: { Scope: 'All' },
      changes,
    },
    {
      situation: 'flags that are on already',
      found: bucket(publicAcl, block({ BlockPublicAcls: true })),
      changes,
    },
    {
      situation: 'another account in the policy',
      found: bucket(publicPolicy(Bucket, { Principal: { AWS: 'arn:aws:iam::444455556666:root' } })),
      changes,
      message: /cuts off account 444455556666/,
    },
    {
      situation: "a policy that AWS's definition leaves open, and S3 itself calls public",
      found: bucket(
        publicPolicy(Bucket, {
          Effect: 'Deny',
          Condition: { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-a1/r-b2/ou-c3/*' } },
        }),
      ),
      changes,
      message: /RestrictPublicBuckets on/,
    },
  ],
  refusals: [
    {
      situation: 'an allowed website',
      found: bucket(website, publicPolicy(Bucket, { Action: 's3:PutObject' })),
      parameters: { allowPublicWebsite: 'true' },
      message: /would take the allowed website offline/,
    },
  ],
});
