// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has the same placeholders.
import { parseTemplate } from '../../../account/template/parse.ts';
import { Resolver } from '../../../account/template/resolve.ts';
import { isUnknown } from '../../../account/template/unknown.ts';

/** What `Out` of a template comes to; `?` and why, where it is not known. */
function resolved(text: string, given: Partial<ConstructorParameters<typeof Resolver>[1]> = {}): unknown {
  const { root } = parseTemplate(`${HEAD}Out: ${text}\n`, 't.yaml');
  const resolver = new Resolver(root, { overrides: {}, ...given }, new Map(), (id, attribute) =>
    id === 'Bucket' ? (attribute === 'Arn' ? 'arn:aws:s3:::b' : attribute ? undefined : 'b') : undefined,
  );
  const value = resolver.resolve(root.Out as never);
  return isUnknown(value) ? `? ${value.why}` : value;
}

const HEAD = `Parameters:
  Known: {Type: String, Default: k}
  Names: {Type: CommaDelimitedList, Default: 'a, b'}
  Open: {Type: String}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /path}
Mappings:
  Sizes: {small: {cidr: 10.0.0.0/8}}
Conditions:
  Right: !Equals [!Ref Known, k]
  Wrong: !Not [!Condition Right]
  Both: !And [!Condition Right, !Condition Wrong]
  Any: !Or [!Condition Right, !Equals [!Ref Open, x]]
  Maybe: !Equals [!Ref Open, x]
  Round: !Not [!Condition Trip]
  Trip: !Not [!Condition Round]
Resources:
  Bucket: {Type: 'AWS::S3::Bucket'}
`;
const OPEN = '? parameter Open has no value: give --parameter-overrides Open=…';

describe('what the functions of a template give', () => {
  test.each<[text: string, value: unknown]>([
    ['!Ref Known', 'k'],
    ['!Ref Names', ['a', 'b']],
    ['!Ref Open', OPEN],
    ['!Ref Stored', '? parameter Stored is looked up in Parameter Store when the template is deployed'],
    ['!Ref Bucket', 'b'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref AWS::Region', '? AWS::Region is not known: give --region'],
    ['!GetAtt Bucket.Arn', 'arn:aws:s3:::b'],
    ['!GetAtt Bucket.DomainName', '? Bucket.DomainName is not known before it is deployed'],
    ["!Sub '${Known}-${!Literal}'", 'k-${Literal}'],
    ["!Sub ['${A}', {A: !Ref Known}]", 'k'],
    ["!Sub 'x${Open}'", OPEN],
    ["!Sub '${Bucket.Arn}/*'", 'arn:aws:s3:::b/*'],
    ["!Join ['-', [a, !Ref Known, 1]]", 'a-k-1'],
    ["!Join [',', !Ref Names]", 'a,b'],
    ["!Join ['-', [a, !Ref Open]]", OPEN],
    ["!Select [1, !Split [',', 'a,b']]", 'b'],
    ['!Select [7, [a]]', '? Fn::Select finds nothing at 7'],
    ['!Select [!Ref Open, [a]]', OPEN],
    ["!Split [',', !Ref Open]", OPEN],
    ['!If [Right, a, b]', 'a'],
    ['!If [Wrong, a, b]', 'b'],
    ['!If [Both, a, b]', 'b'],
    ['!If [Any, a, b]', 'a'],
    ['!If [Maybe, a, b]', '? condition Maybe is not known'],
    ['!If [Round, a, b]', '? condition Round is not known'],
    ['!If [None, a, b]', '? condition None is not known'],
    ['[a, !If [Right, !Ref AWS::NoValue, b]]', ['a']],
    ['!FindInMap [Sizes, small, cidr]', '10.0.0.0/8'],
    ['!FindInMap [Sizes, !Ref Open, cidr]', OPEN],
    ['!FindInMap [Sizes, !Ref AWS::Region, cidr]', '? AWS::Region is not known: give --region'],
    ['!FindInMap [Sizes, large, cidr]', '? Mappings has no Sizes.large.cidr'],
    ['!ImportValue shared', '? Fn::ImportValue takes shared from another stack'],
    ["!Base64 'a'", 'YQ=='],
    ["!GetAZs ''", '? Fn::GetAZs is worked out when the template is deployed'],
    ['!Cidr [10.0.0.0/8, 2, 8]', '? Fn::Cidr is worked out when the template is deployed'],
    ["'{{resolve:ssm:/x}}'", '? {{resolve:ssm:…}} is looked up when the template is deployed'],
    ['!Transform {Name: M}', '? Fn::Transform makes it, which only CloudFormation runs'],
    ['!Length [a, b]', 2],
    ['!ToJsonString {a: 1}', '{"a":1}'],
    ['yes', true],
    ["'012345678901'", '012345678901'],
    ['012345678901', '012345678901'],
  ])('%s', (text, value) => {
    expect(resolved(text)).toEqual(value);
  });

  test('values from the command line win over defaults', () => {
    expect(resolved("!Sub '${Open} ${Known}'", { overrides: { Open: 'o', Known: 'x' } })).toBe('o x');
    expect(resolved("!Sub '${AWS::Region}/${AWS::AccountId}'", { region: 'eu-west-1', accountId: '1' })).toBe(
      'eu-west-1/1',
    );
  });
});

describe('what is no template, or a hostile one', () => {
  const bomb = [
    'a: &a [x, x]',
    ...'bcdefghijklmnopqrstuv'.split('').map((name, index) => {
      const before = String.fromCharCode(97 + index);
      return `${name}: &${name} [*${before}, *${before}, *${before}]`;
    }),
  ].join('\n');
  test.each<[what: string, text: string, message: RegExp]>([
    ['a bomb of aliases', bomb, /line \d+, column \d+: more than 600000 values/],
    ['a list in lists in lists', `a: ${'['.repeat(20_000)}`, /more than 200 lists and maps/],
    ['a key twice', 'Resources:\n  A: 1\n  A: 2', /line 3, column 3: the key A is there twice/],
    ['an alias of itself', 'a: &a [*a]', /line 1, column 8: .*a/],
    ['merged maps', 'a: &a {b: 1}\nc: {<<: *a}', /line 2, column 5: CloudFormation does not merge/],
    ['a broken line', 'Resources:\n  A: [', /line \d+, column \d+: /],
    ['more than 1 MB', `a: ${'x'.repeat(1_100_000)}`, /more than 1 MB/],
  ])('%s', (_, text, message) => {
    expect(() => parseTemplate(text, 't.yaml')).toThrow(message);
  });

  test('a key like a prototype is one like any other', () => {
    const { root } = parseTemplate('{"__proto__": {"polluted": true}, "constructor": 1}', 't.json');
    expect(Object.keys(root)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('lines count in files of every line end', () => {
    for (const end of ['\n', '\r\n']) {
      const { lineOf } = parseTemplate(
        ['Resources:', '  A:', '    Type: x', '    P: [1,', '      2]'].join(end),
        't',
      );
      expect([
        lineOf(['Resources', 'A']),
        lineOf(['Resources', 'A', 'P', 1]),
        lineOf(['Resources', 'B']),
      ]).toEqual([2, 5, 1]);
    }
  });
});
