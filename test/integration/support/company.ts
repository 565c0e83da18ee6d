/** What the rules say of the small company that scripts/company.ts founds on moto. */
export { AWAY, found, HOME, REGIONS } from '../../../scripts/company.ts';

/** Only with these do some of the verdicts come out as in {@link EXPECTED}. */
export const PARAMETERS = {
  'access-key-age': { exemptTagKey: 'break-glass' },
  's3-public': { exemptTagKey: 'public-on-purpose' },
  'sg-open-ports': { allowedTcpPorts: '80,443,8443' },
  'trail-object-lock': { minRetentionDays: '30' },
};

/** What is denied to everyone, as `startRecorder` takes it. */
export const DENIED = ['GET /moonjar-sealed/?policy'];

/** The verdicts, 91 days after the company was founded, by rule, Region and name. */
export const EXPECTED = [
  'access-key-age global break-glass: NOT_APPLICABLE',
  'access-key-age global ci-deploy: NON_COMPLIANT',
  'access-key-age global haneul.park: COMPLIANT',
  'access-key-age global minseo.lee: COMPLIANT',
  's3-public eu-west-1 moonjar-dublin: NON_COMPLIANT',
  's3-public eu-west-1 moonjar-events: COMPLIANT',
  's3-public us-east-1 moonjar-acl-blocked: COMPLIANT',
  's3-public us-east-1 moonjar-enforced: COMPLIANT',
  's3-public us-east-1 moonjar-acl: NON_COMPLIANT',
  's3-public us-east-1 moonjar-audit: COMPLIANT',
  's3-public us-east-1 moonjar-press-kit: NOT_APPLICABLE',
  's3-public us-east-1 moonjar-private: COMPLIANT',
  's3-public us-east-1 moonjar-website: NON_COMPLIANT',
  'sg-open-ports eu-west-1 bastion: NON_COMPLIANT',
  'sg-open-ports eu-west-1 default: COMPLIANT',
  'sg-open-ports eu-west-1 office: COMPLIANT',
  'sg-open-ports us-east-1 database: NON_COMPLIANT',
  'sg-open-ports us-east-1 default: COMPLIANT',
  'sg-open-ports us-east-1 web: COMPLIANT',
  'trail-object-lock eu-west-1 events: NON_COMPLIANT',
  'trail-object-lock us-east-1 audit: COMPLIANT',
];
