/** What is wrong with the value of a parameter, in Korean. */
import type { Phrases } from './language.ts';

export const phrases: Phrases = {
  'expected a whole number from {least} to {most}': '{least}~{most}의 정수여야 함',
  'expected a whole number from {least} to {most}, or nothing': '{least}~{most}의 정수이거나 비어 있어야 함',
  'expected an amount above 0 such as 100 or 99.5, or nothing':
    '100이나 99.5처럼 0보다 큰 금액이거나 비어 있어야 함',
  'expected the three letters of a currency such as USD': 'USD 같은 세 글자 통화 코드여야 함',
  'expected true or false': 'true 또는 false여야 함',
  'expected {what}': '{what} 필요',
  'expected one or more of {names}, separated by commas': '{names} 중 하나 이상을 쉼표로 구분해 지정해야 함',
  'expected any of {names}, separated by commas, or nothing':
    '{names} 중에서 쉼표로 구분해 지정하거나 비워 두어야 함',
  'expected {what}, not "{value}"': '{what} 필요, 현재 값 "{value}"',
  'account ids of twelve digits': '12자리 계정 ID',
  'events such as "s3:PutBucketPolicy"': '"s3:PutBucketPolicy" 같은 이벤트',
  'expected names of AWS-managed prefix lists such as "com.amazonaws.*.s3", not "{value}"':
    '"com.amazonaws.*.s3" 같은 AWS 관리형 접두사 목록의 이름 필요, 현재 값 "{value}"',
  'expected names of Regions such as "us-east-1", or "{all}", not "{value}"':
    '"us-east-1" 같은 리전 이름이나 "{all}" 필요, 현재 값 "{value}"',
  'expected a text': '텍스트여야 함',
  'expected a time such as 2026-06-27T08:00:00Z, or a date such as 2026-06-27':
    '2026-06-27T08:00:00Z 같은 시각이나 2026-06-27 같은 날짜여야 함',
  'expected ports (0 to 65535) and ranges such as "80,8000-8100", not "{value}"':
    '"80,8000-8100" 같은 포트(0~65535)와 범위 필요, 현재 값 "{value}"',
  'parameters must be a JSON object of names and values': '파라미터는 이름과 값의 JSON 객체여야 함',
  'there is no parameter {name} (there is: {names})': '없는 파라미터: {name} (있는 것: {names})',
  'expected a string': '문자열이어야 함',
  '{name} is {value}: {why}': '{name}의 값 {value}: {why}',
};
