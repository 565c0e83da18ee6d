import {
  checkAssignments,
  documentParameters,
  FIXABLE,
  openRemediation,
  readAssignments,
} from '../../../cli/remediate/document.ts';

const s3 = openRemediation('s3-public');

test.each(FIXABLE.map(({ id }) => id))('%s has a document with one parameter for the resource', (id) => {
  const { rule, document, resourceParameter } = openRemediation(id);
  expect(rule.id).toBe(id);
  const needed = Object.entries(document.parameters).filter(([, { default: value }]) => value === undefined);
  expect(needed.map(([name]) => name)).toEqual([resourceParameter]);
});

test('a rule that is not there', () => {
  expect(() => openRemediation('s3-publc')).toThrow(
    /^there is no rule "s3-publc": did you mean s3-public\?$/,
  );
});

describe('--parameter', () => {
  test('is name=value, and a value may have more of =', () => {
    expect(readAssignments(['Scope=All', 'exemptTagKey=a=b', 'exemptBuckets='])).toEqual([
      ['Scope', 'All'],
      ['exemptTagKey', 'a=b'],
      ['exemptBuckets', ''],
    ]);
    expect(() => readAssignments(['Scope'])).toThrow('--parameter Scope: expected name=value');
    expect(() => readAssignments(['=All'])).toThrow('--parameter =All: expected name=value');
  });

  test.each([
    ['scope', /: did you mean Scope\?$/],
    ['Mode', /it is what --apply and --undo set/],
    ['ExecutionId', /it is what --undo sets/],
    ['AutomationAssumeRole', /use --profile/],
    ['BucketName', /the resource is the argument after the rule/],
    ['toString', /Groundrules-S3Public has no such parameter \(there is: /],
  ])('refuses %s', (name, message) => {
    expect(() => checkAssignments([s3], [[name, 'x']])).toThrow(message);
  });

  test('of several documents it has to be one’s', () => {
    const both = [s3, openRemediation('sg-open-ports')];
    expect(() =>
      checkAssignments(both, [
        ['Scope', 'All'],
        ['allowedTcpPorts', '443'],
      ]),
    ).not.toThrow();
    expect(() => checkAssignments(both, [['maxAgeDays', '30']])).toThrow(
      /Groundrules-S3Public, Groundrules-SgOpenPorts has no such parameter/,
    );
    expect(
      documentParameters(s3, {}, [
        ['Scope', 'All'],
        ['allowedTcpPorts', '443'],
      ]),
    ).toEqual({ Scope: 'All' });
  });

  test('wins over --parameters, whose values become text', () => {
    const given = { 's3-public': { allowPublicWebsite: true, exemptBuckets: 'a' }, 'root-mfa': {} };
    expect(documentParameters(s3, given, [['exemptBuckets', 'b']])).toEqual({
      allowPublicWebsite: 'true',
      exemptBuckets: 'b',
    });
  });

  test('takes the form of its type', () => {
    const typed = (type: string, value: string) => {
      const document = { ...s3.document, parameters: { It: { type } } } as unknown as typeof s3.document;
      return documentParameters({ ...s3, document }, {}, [['It', value]]).It;
    };
    expect(typed('Boolean', 'true')).toBe(true);
    expect(typed('Integer', '7')).toBe(7);
    expect(typed('StringList', 'a,b')).toEqual(['a', 'b']);
    expect(typed('StringList', '["a,b"]')).toEqual(['a,b']);
    expect(typed('StringList', '')).toEqual([]);
    expect(typed('StringMap', '{"a":1}')).toEqual({ a: 1 });
    expect(() => typed('Boolean', 'yes')).toThrow('--parameter It: "yes" is no Boolean (give JSON)');
    expect(() => typed('String', '{{ ssm:name }}')).toThrow(/is for SSM to look up/);
  });
});
