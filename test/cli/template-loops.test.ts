// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::ForEach and Fn::Sub have the same placeholders.
import { join } from 'node:path';
import { folderOf } from '../account/snapshot/support.ts';
import { evaluate } from './support.ts';

const HEAD = `Transform: AWS::LanguageExtensions
Parameters:
  Open: {Type: CommaDelimitedList}
  Ports: {Type: CommaDelimitedList, Default: '22, 23'}
Mappings: {Ranges: {'22': {cidr: 0.0.0.0/0}, '23': {cidr: 10.0.0.0/8}}}
Resources:
  Alone: {Type: AWS::EC2::SecurityGroup}
`;
const loop = (collection: string, key = 'G${Port}') => `  Fn::ForEach::Groups:
    - Port
    - ${collection}
    - ${key}:
        Type: AWS::EC2::SecurityGroup
        Properties:
          GroupDescription: !Sub 'port \${Port}'
          SecurityGroupIngress:
            - {IpProtocol: tcp, FromPort: '\${Port}', ToPort: !Ref Port, CidrIp: !FindInMap [Ranges, !Ref Port, cidr]} # here
`;
const ranges = `  Fn::ForEach::Ranges:
    - Range
    - [10.0.0.0/8, 0.0.0.0/0]
    - 'G&{Range}':
        Type: AWS::EC2::SecurityGroup
        Properties: {SecurityGroupIngress: [{IpProtocol: -1, CidrIp: !Ref Range}]}
`;
const within = (inner: string) =>
  `  Fn::ForEach::Outer:\n    - Name\n    - [a, b]\n${inner.replace(/^ {2}/, '    - ').replace(/\n(?=.)/g, '\n    ')}`;
const judged = async (text: string, options: object = {}) => {
  const folder = await folderOf({ 't.yaml': text });
  const more = { config: false, waivers: false, rule: ['sg-open-ports'], ...options };
  return evaluate([join(folder, 't.yaml')], more);
};
const [GOOD, BAD] = ['COMPLIANT', 'NON_COMPLIANT'];
const NOTE = /made of Fn::ForEach.* is not judged/;

describe('Fn::ForEach', () => {
  test.each<[what: string, text: string, said: string[]]>([
    ['over a list', loop('[22, 23]'), [`G22: ${BAD}`, `G23: ${GOOD}`]],
    ["over a parameter's default", loop('!Ref Ports'), [`G22: ${BAD}`, `G23: ${GOOD}`]],
    ['in a loop', within(loop('[22]', 'G${Name}${Port}')), [`Ga22: ${BAD}`, `Gb22: ${BAD}`]],
    ['over what no id may have', ranges, [`G00000: ${BAD}`, `G100008: ${GOOD}`]],
  ])('%s is written out', async (_, text, said) => {
    const { said: found, notes } = await judged(HEAD + text);
    expect(found).toEqual([`Alone: ${GOOD}`, ...said].map((one) => `sg-open-ports ${one}`));
    expect(notes.join('\n')).not.toMatch(NOTE);
  });

  test('over a parameter that is given a value is written out', async () => {
    const { said } = await judged(HEAD + loop('!Ref Open'), { parameterOverrides: ['Open=22'] });
    expect(said).toEqual([`sg-open-ports Alone: ${GOOD}`, `sg-open-ports G22: ${BAD}`]);
  });

  test.each<[what: string, text: string]>([
    ['over a parameter without a value', HEAD + loop('!Ref Open')],
    ['over an import', HEAD + loop('!Split [",", !ImportValue x]')],
    ['with an element that is not known', HEAD + loop('[22, !ImportValue x]')],
    [
      'without its transform',
      HEAD.replace(/^Transform.*\n/, "AWSTemplateFormatVersion: '2010-09-09'\n") + loop('[22]'),
    ],
    ['that makes an id twice', HEAD + loop('[22, 22]')],
    ['that makes an id which is there', HEAD + loop('[22]', 'Alone')],
    ['that makes what is no id', HEAD + loop("['10.0.0.0/8']")],
    ['of too much', HEAD + loop(`[${Array.from({ length: 501 }, (_, index) => index).join(', ')}]`)],
  ])('%s is named, and not judged', async (_, text) => {
    const { said, notes } = await judged(text);
    expect(said).toEqual([`sg-open-ports Alone: ${GOOD}`]);
    expect(notes.join('\n')).toMatch(NOTE);
  });

  test('has its lines in what it repeats', async () => {
    const text = HEAD + loop('[22]');
    const { report } = await judged(text);
    const found = report.results.find(({ resourceId }) => resourceId === 'G22');
    expect(found?.location?.line).toBe(1 + text.split('\n').findIndex((one) => one.endsWith('# here')));
  });
});
