import fc from 'fast-check';
import { controls, DOMAINS, isPlanned } from '../../catalogue/index.ts';
import {
  checkLimits,
  MAX_BYTES,
  PackLimitError,
  type PackTemplate,
  packTemplate,
  packYaml,
  remediations,
} from '../../deploy/packs/index.ts';
import { readSettings, type SettingsInput } from '../../deploy/settings/index.ts';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/fixer`;

/** Parameters that take nearly any text, of which AWS Config has to take the length. */
const TEXTS: readonly (readonly [control: string, parameter: string])[] = [
  ['s3-public', 'exemptBuckets'],
  ['s3-public', 'exemptTagKey'],
  ['sg-open-ports', 'exemptTagKey'],
  ['access-key-age', 'exemptTagKey'],
  ['trail-object-lock', 'excludeBuckets'],
  ['iam-user-group-membership', 'groupNames'],
  ['s3-bucket-block-public-access', 'excludedPublicBuckets'],
  ['ec2-iam-role', 'IamInstanceProfileArnList'],
  ['rds-audit-log', 'additionalLogs'],
];

const text = fc.stringMatching(/^[A-Za-z0-9:/_. ,-]{1,256}$/);
const enabled = fc.uniqueArray(
  fc.constantFrom(...controls.filter((one) => !isPlanned(one)).map(({ id }) => id)),
);
const settings = fc.record({
  enabled,
  mode: fc.constantFrom('off', 'manual', 'automatic'),
  roleArn: fc.option(fc.constant(ROLE), { nil: undefined }),
  texts: fc.array(fc.tuple(fc.constantFrom(...TEXTS), text), { maxLength: 4 }),
  region: fc.constantFrom('us-east-1', 'eu-west-1', 'eu-south-2', 'us-gov-west-1', 'ap-southeast-5'),
});

type Generated = typeof settings extends fc.Arbitrary<infer T> ? T : never;

function inputOf({ enabled: on, mode, roleArn, texts, region }: Generated): SettingsInput {
  const chosen: NonNullable<SettingsInput['controls']> = Object.fromEntries(
    controls
      .filter((one) => !isPlanned(one))
      .map(({ id }) => [id, { enabled: on.includes(id), parameters: {} }]),
  );
  for (const [[id, name], value] of texts) {
    // The syntax of log types is the rule's own business; its length is ours.
    const fits = name === 'additionalLogs' ? `mysql: ${value.replace(/[^a-z]/g, 'a')}` : value;
    Object.assign(Object(chosen[id]?.parameters), { [name]: fits });
  }
  return {
    homeRegion: region,
    controls: chosen,
    remediation: { mode, ...(roleArn && { roleArn }) } as object,
  };
}

interface Inputs {
  readonly InputParameters?: Readonly<Record<string, unknown>>;
  readonly Parameters?: Readonly<
    Record<string, { readonly StaticValue?: { readonly Values: readonly unknown[] } }>
  >;
}

function within(template: PackTemplate): void {
  const parameters = template.Parameters ?? {};
  const textOf = (one: unknown): string => {
    const named = JSON.stringify(one).match(/\{"Ref":"(\w+)"\}/)?.[1];
    return named === undefined ? String(one) : String(parameters[named]?.Default);
  };
  const resources = Object.values(template.Resources);
  expect(resources.length).toBeLessThanOrEqual(130);
  expect(resources.length).toBeGreaterThan(0);
  expect(Buffer.byteLength(packYaml(template))).toBeLessThanOrEqual(51_200);
  expect(Object.keys(parameters).length).toBeLessThanOrEqual(60);
  for (const name of Object.keys(parameters)) expect(name).toMatch(/^[A-Za-z0-9]{1,255}$/);
  for (const { Default } of Object.values(parameters)) expect(Default.length).toBeLessThanOrEqual(4096);
  for (const { Properties } of resources as unknown as { Properties: Inputs }[]) {
    const inputs = Object.entries(Properties.InputParameters ?? {}).map(([name, one]) => [name, textOf(one)]);
    expect(JSON.stringify(Object.fromEntries(inputs)).length).toBeLessThanOrEqual(1024);
    const given = Object.values(Properties.Parameters ?? {});
    expect(given.length).toBeLessThanOrEqual(25);
    for (const { StaticValue } of given) {
      for (const one of StaticValue?.Values ?? []) {
        expect(textOf(one)).toMatch(/^.{1,256}$/s);
      }
    }
  }
}

test('any settings give packs that AWS Config takes, or an error that says what is too much', () => {
  let packs = 0;
  fc.assert(
    fc.property(settings, fc.constantFrom(...DOMAINS), (generated, domain) => {
      const read = readSettings(inputOf(generated));
      const { region } = generated;
      try {
        const remediationOf = remediations({ settings: read, account: ACCOUNT, region });
        const template = packTemplate({ settings: read, domain, region, remediationOf });
        if (!template) return;
        packs += 1;
        within(template);
      } catch (error) {
        expect(error).toBeInstanceOf(PackLimitError);
        expect((error as Error).message).toMatch(/controls|turn off/);
      }
    }),
    { numRuns: 300 },
  );
  expect(packs).toBeGreaterThan(50);
});

const TOO_LONG: readonly [string, SettingsInput, RegExp][] = [
  [
    'inputs of a rule',
    { controls: { 's3-public': { parameters: { exemptBuckets: 'b'.repeat(1000) } } } },
    /controls\.s3-public\.parameters: \d+ characters as JSON, AWS Config takes 1024/,
  ],
  [
    "a rule's value that its document gets too",
    { controls: { 's3-public': { parameters: { exemptBuckets: 'b'.repeat(257) } } } },
    /remediation of s3-public: exemptBuckets has 257 characters, AWS Config passes on 256: .*mode to off/,
  ],
];

describe.each(TOO_LONG)('too long: %s', (_what, input, message) => {
  const packOf = (given: SettingsInput) => {
    const read = readSettings(given);
    const place = { settings: read, account: ACCOUNT, region: 'us-east-1' };
    return packTemplate({
      settings: read,
      domain: 'workloads',
      region: 'us-east-1',
      remediationOf: remediations(place),
    });
  };
  test('is an error', () => {
    expect(() => packOf(input)).toThrow(PackLimitError);
    expect(() => packOf(input)).toThrow(message);
  });
});

test('what its document cannot be given, the rule alone can have', () => {
  const read = readSettings({
    remediation: { mode: 'off' },
    controls: { 's3-public': { parameters: { exemptBuckets: 'b'.repeat(257) } } },
  });
  const place = { settings: read, account: ACCOUNT, region: 'us-east-1' };
  const template = packTemplate({
    settings: read,
    domain: 'workloads',
    region: 'us-east-1',
    remediationOf: remediations(place),
  });
  expect(template?.Parameters?.S3PublicParamExemptBuckets?.Default).toHaveLength(257);
});

describe('checkLimits', () => {
  const template = (resources: number, parameters = 0): PackTemplate => ({
    Parameters: Object.fromEntries(
      Array.from({ length: parameters }, (_, at) => [`P${at}`, { Type: 'String' as const, Default: '' }]),
    ),
    Resources: Object.fromEntries(Array.from({ length: resources }, (_, at) => [`R${at}`, {}])),
  });
  test('takes exactly as much as AWS Config', () => {
    expect(() => checkLimits('x', template(130, 60), 'a'.repeat(MAX_BYTES))).not.toThrow();
  });
  test.each([
    [
      'rules',
      template(131),
      '',
      /pack x has too many rules and remediations \(131, AWS Config takes 130\): turn off/,
    ],
    ['parameters', template(1, 61), '', /too many parameters \(61, AWS Config takes 60\)/],
    [
      'bytes, of which a Korean letter has three',
      template(1),
      '가'.repeat(17_067),
      /too many bytes \(51201, AWS Config takes 51200/,
    ],
  ])('refuses more %s', (_what, given, body, message) => {
    expect(() => checkLimits('x', given, body)).toThrow(message);
  });
  test('says all at once', () => {
    expect(() => checkLimits('x', template(131, 61), '')).toThrow(/\(131, .*; too many parameters \(61/);
  });
});
