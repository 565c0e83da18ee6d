import { queriesOf } from '../../deploy/organization/queries.ts';

const QUERIES = queriesOf('groundrules');

/**
 * What can be asked for, of the types that the queries ask about: config/properties/resource-types/<type>.properties.json in
 * github.com/awslabs/aws-config-resource-schema (ResourceCompliance at 599974d, ConformancePackCompliance at 0b14fde,
 * ConfigurationRecorder at 81776fe), those that all types have first.
 */
const COMMON = [
  'accountId',
  'arn',
  'awsRegion',
  'resourceId',
  'resourceName',
  'resourceType',
  'configurationItemCaptureTime',
];
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::Config::ResourceCompliance': [
    'configuration.complianceType',
    'configuration.configRuleList.complianceType',
    'configuration.configRuleList.configRuleArn',
    'configuration.configRuleList.configRuleId',
    'configuration.configRuleList.configRuleName',
    'configuration.targetResourceId',
    'configuration.targetResourceType',
  ],
  'AWS::Config::ConformancePackCompliance': [
    'configuration.complianceType',
    'configuration.compliantRuleCount',
    'configuration.configRuleList.complianceType',
    'configuration.configRuleList.configRuleArn',
    'configuration.configRuleList.configRuleName',
    'configuration.configRuleList.controls',
    'configuration.nonCompliantRuleCount',
    'configuration.totalRuleCount',
  ],
  'AWS::Config::ConfigurationRecorder': [
    'configuration.Id',
    'configuration.Name',
    'configuration.Recording',
    'configuration.RecordingGroup.AllSupported',
    'configuration.RecordingGroup.IncludeGlobalResourceTypes',
    'configuration.RecordingMode.RecordingFrequency',
    'configuration.RoleARN',
  ],
};
const GRAMMAR =
  /^SELECT (?<select>.+?) WHERE (?<where>.+?)(?: GROUP BY (?<group>.+?))?(?: ORDER BY (?<order>.+?))?$/;
const WORDS = new Set(['SELECT', 'WHERE', 'AND', 'LIKE', 'GROUP', 'BY', 'ORDER', 'COUNT']);

describe.each(QUERIES)('$name', ({ name, description, expression }) => {
  const { select = '', where = '', group, order } = GRAMMAR.exec(expression)?.groups ?? {};
  const selected = select.split(', ');
  const type = /resourceType = '([^']+)'/.exec(where)?.[1] ?? '';

  test('is as long as AWS Config takes', () => {
    expect(name).toMatch(/^groundrules-[a-z-]{1,52}$/);
    expect(description.length).toBeLessThanOrEqual(256);
    expect(expression.length).toBeLessThanOrEqual(4096);
  });

  test('asks for properties that there are', () => {
    const properties = [...(PROPERTIES[type] ?? []), ...COMMON];
    const asked = expression.replace(/'[^']*'/g, '').match(/[A-Za-z]+(?:\.[A-Za-z]+)*/g) ?? [];
    const unknown = asked.filter((word) => !WORDS.has(word) && !properties.includes(word));
    expect(PROPERTIES).toHaveProperty([type]);
    expect(unknown).toEqual([]);
  });

  test('is in the SQL that AWS Config has', () => {
    expect(expression).toMatch(GRAMMAR);
    expect(expression).not.toMatch(/\b(AS|ALL|DISTINCT|FROM|HAVING|JOIN|UNION|NULL)\b/);
    for (const [, value = ''] of where.matchAll(/LIKE '([^']*)'/g)) expect(value).toMatch(/^[^%_]{3,}%$/);
    const counted = selected.filter((one) => one.startsWith('COUNT'));
    // What is not counted is what it is counted by.
    expect(group?.split(', ') ?? []).toEqual(
      counted.length > 0 ? selected.filter((one) => !counted.includes(one)) : [],
    );
    expect(group?.split(', ').length ?? 0).toBeLessThanOrEqual(3);
    if (order) expect(selected).toContain(order);
  });
});

test('names are different, and fewer than the 300 of an account and Region', () => {
  expect(new Set(QUERIES.map(({ name }) => name)).size).toBe(QUERIES.length);
  expect(QUERIES.length).toBeLessThan(300);
});
