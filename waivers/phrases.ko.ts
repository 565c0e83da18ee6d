/** What is wrong in a file of waivers, in Korean. */
import type { Phrases } from '../rules/language.ts';

export const phrases: Phrases = {
  'expected a text, in quotes where it looks like a number':
    '텍스트여야 함(숫자처럼 보이면 따옴표로 묶을 것)',
  'is empty': '비어 있음',
  'expected a day, such as 2027-03-31': '2027-03-31 같은 날짜여야 함',
  'there is no such day': '없는 날짜',
  'expected twelve digits, in quotes': '따옴표로 묶은 12자리 숫자여야 함',
  'expected the id of a root or a unit, such as ou-ab12-11111111':
    'ou-ab12-11111111 같은 루트나 조직 단위의 ID여야 함',
  'there is no such file ("groundrules waive" makes one)': '없는 파일("groundrules waive"로 만들 수 있음)',
  'the file': '파일',
  'there is no such field{hint}': '없는 필드{hint}',
  'is missing': '누락됨',
  'there is no rule {rule}{hint}': '없는 규칙: {rule}{hint}',
  '{rule} finds nothing of kind {kind}{hint}': '{rule} 규칙에 없는 결과 종류: {kind}{hint}',
  '{day} is more than {limit} away: a waiver ends within {end}, unless waivers.maxDays of groundrules.config.json says otherwise':
    '{day}: 너무 먼 날짜(최대 {limit}). groundrules.config.json의 waivers.maxDays로 늘리지 않는 한 예외는 {end} 안에 끝나야 함',
  'a year': '1년',
  '{days} days': '{days}일',
  'is missing: an id or a name, unless a tag says which resources':
    '누락됨: ID나 이름, 또는 리소스를 고르는 태그가 있어야 함',
  ' (did you mean {near}?)': ' (혹시 {near}?)',
  'is there a second time': '같은 키가 앞에 이미 있음',
};
