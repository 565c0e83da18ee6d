/** Why a template cannot be read, in Korean. */
import type { Phrases } from '../../rules/language.ts';

export const phrases: Phrases = {
  'a template of more than 1 MB, which CloudFormation does not take':
    '1 MB가 넘어 CloudFormation이 받지 않는 템플릿',
  'more than {count} lists and maps inside of each other': '목록과 맵이 {count}단계를 넘어 중첩됨',
  'more than {count} values, with aliases written out': '별칭을 풀면 값이 {count}개 초과',
  'a template is a map': '템플릿은 맵이어야 함',
  'line {line}, column {column}: {why}': '{line}행 {column}열: {why}',
  'no anchor {name} before this alias': '별칭 앞에 앵커 {name}이(가) 없음',
  'neither a text, a list nor a map': '텍스트도 목록도 맵도 아님',
  'a key that is no text': '텍스트가 아닌 키',
  'CloudFormation does not merge maps (<<)': 'CloudFormation은 맵 병합(<<)을 지원하지 않음',
  'the key {name} is there twice': '키 {name}이(가) 두 번 있음',
  'line {line}: resource {name} has no Type': '{line}행: 리소스 {name}에 Type이 없음',
};
