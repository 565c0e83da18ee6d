/** What stops a deployment while its templates are made, in Korean. */
import type { Phrases } from '../../rules/language.ts';

export const phrases: Phrases = {
  // What AWS takes
  'the pack {name} has {problems}: turn off controls that you do not need':
    '팩 {name}: {problems}. 필요 없는 통제를 끌 것',
  'too many rules and remediations ({count}, AWS Config takes {most})':
    '규칙과 교정 {count}개(AWS Config 한도 {most})',
  '{count} parameters, AWS Config takes {most}': '파라미터 {count}개(AWS Config 한도 {most})',
  'too many parameters ({count}, AWS Config takes {most})': '파라미터 {count}개(AWS Config 한도 {most})',
  'too many bytes ({count}, AWS Config takes {most} inline)':
    '{count}바이트(AWS Config에 직접 넣을 수 있는 한도 {most})',
  '{count} characters as JSON, AWS Config takes {most}: shorten them':
    'JSON으로 {count}자(AWS Config 한도 {most}). 줄일 것',
  '{name} has {count} characters, AWS Config passes on {most}':
    '{name}: {count}자(AWS Config가 넘겨주는 한도 {most})',
  'the remediation of {control}: {problems}: shorten them, or set {key} to off':
    '{control}의 교정: {problems}. 줄이거나 {key} 설정을 off로 둘 것',
  'too many resources ({count}, CloudFormation takes {most})': '리소스 {count}개(CloudFormation 한도 {most})',
  'too many bytes ({count}, CloudFormation takes {most})': '{count}바이트(CloudFormation 한도 {most})',
  'the template for members in {region} has {problems}: leave out packs or controls':
    '{region}의 멤버 계정 템플릿: {problems}. 팩이나 통제를 뺄 것',
  '{count} units, StackSets take {most}: name a unit that they are in':
    '조직 단위 {count}개(StackSets 한도 {most}). 상위 단위를 지정할 것',
  '{count} kinds of accounts in {regions} Regions are {sets} StackSets, and CloudFormation takes {most} resources in a stack: have fewer groups':
    '계정 종류 {count}개에 리전 {regions}개면 StackSet이 {sets}개이나, CloudFormation 스택의 리소스 한도는 {most}개. 그룹을 줄일 것',
  // Parameters of controls and of their remediation
  'there is no such parameter (there is {names})': '없는 파라미터(있는 것: {names})',
  'nobody has looked up what {document} takes': '{document} 문서가 받는 값이 확인되지 않음',
  'set {names} in {key}': '{key}에서 {names} 설정 필요',
  '{document} wants another id than AWS Config has for the resource: start it by hand':
    '{document}: AWS Config의 리소스 ID와 다른 ID가 필요하므로 직접 시작할 것',
  "its document is AWS's, and wants a roleArn in the settings": 'AWS 소유 문서라서 설정에 roleArn이 필요함',
  'AWS Config, or roleArn, says that': 'AWS Config나 roleArn이 정하는 값',
  '{document} requires {names}': '{document} 문서의 필수 항목: {names}',
  '{why}: set {key}.parameters': '{why}. {key}.parameters 설정 필요',
  '{role} is not in the account {account}, where the pack is':
    '{role}: 팩이 있는 계정 {account}의 역할이 아님',
  '{key} is empty: AWS Config keeps no empty value, and without one the rule takes its default {value} (for an empty list write ",")':
    '{key}: 빈 값. AWS Config는 빈 값을 저장하지 않으며, 값이 없으면 규칙은 기본값 {value} 사용(빈 목록은 ","로 쓸 것)',
  '{rule} has no such parameter{hint}': '{rule} 규칙에 없는 파라미터{hint}',
  'is required': '필수',
  'expected {values}': '{values} 필요',
  'expected a whole number': '정수 필요',
  // Regions that lack rules
  '{share} ({controls}): take the Region out, or turn these controls off':
    '{share}({controls}). 리전을 빼거나 이 통제를 끌 것',
  'AWS Config has no rule there for {count} of {all} controls':
    '통제 {all}개 중 {count}개의 규칙이 이 리전의 AWS Config에 없음',
  'AWS Config has no rule there for {count} of {all} controls of {packs} ({controls}), and global resources are judged there alone: {instead}, or turn these controls off':
    '팩 {packs}의 통제 {all}개 중 {count}개의 규칙이 이 리전의 AWS Config에 없음({controls}). 글로벌 리소스는 홈 리전에서만 판정됨. {instead}. 아니면 이 통제를 끌 것',
  '{region}: {share} of {packs} ({controls}), and global resources are judged there alone: {instead}, or turn these controls off':
    '{region}: {share}(팩 {packs}: {controls}). 글로벌 리소스는 홈 리전에서만 판정됨. {instead}. 아니면 이 통제를 끌 것',
  'choose a home Region that has them ({regions}, …) and leave {region} in regions':
    '규칙이 있는 리전({regions}, …)을 홈 리전으로 하고 {region} 리전은 regions에 둘 것',
  'no Region of its partition has them': '이 파티션의 어느 리전에도 없음',
  'AWS Config has no rule in {region} for {count} of {all} controls, which are left out: {controls}':
    '{region}: 통제 {all}개 중 {count}개의 규칙이 AWS Config에 없어 제외함: {controls}',
  'judged in {region}, the home Region, alone': '홈 리전({region})에서만 판정',
  'AWS Config has no {rule} in {region} ({name})': '{region}({name})의 AWS Config에 {rule} 규칙이 없음',
  // What is not there
  '{file} is missing: npm run build makes it': '{file}: 파일이 없음. "npm run build"로 만들 것',
  'organization is off: there is nothing to aggregate': 'organization 설정이 꺼져 있어 집계할 것이 없음',
  'organization is off: there are no stacks for it': 'organization 설정이 꺼져 있어 조직용 스택이 없음',
  'organization is off: there are no members to deploy to':
    'organization 설정이 꺼져 있어 배포할 멤버 계정이 없음',
};
