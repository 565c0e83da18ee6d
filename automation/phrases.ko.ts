/** Why a document cannot be run from here, in Korean. */
import type { Phrases } from '../rules/language.ts';

export const phrases: Phrases = {
  'there is no parameter {name} (there is {names})': '없는 파라미터: {name}(있는 것: {names})',
  'the parameter {name} ({type}) is required': '필수 파라미터 {name}({type})이 없음',
  'the parameter {name} defaults to {reference}, which cannot be looked up here: give it a value':
    '파라미터 {name}: 기본값 {reference}을(를) 여기서 조회할 수 없으므로 값을 줄 것',
  'the parameter {name}: {why}': '파라미터 {name}: {why}',
  '{count} values, SSM takes {most}': '값 {count}개(SSM 한도 {most})',
  '{count} characters, SSM takes {most} a value': '{count}자(SSM의 값당 한도 {most})',
  "the document and its parameters' values have {count} bytes, SSM takes {most} together":
    '문서와 파라미터 값을 합쳐 {count}바이트(SSM 한도 {most})',
  'only SSM itself can run {steps}: start the document there, or take the step out':
    'SSM에서만 실행할 수 있는 단계: {steps}. SSM에서 문서를 시작하거나 단계를 뺄 것',
  '{step} ({action} on several targets)': '{step}({action}, 대상 여러 개)',
  '{step} ({action}, without findDocument)': '{step}({action}, findDocument 없음)',
  'the run was cancelled': '실행이 취소됨',
  'the step {step}: what {action} needs is not known here':
    '단계 {step}: {action}에 필요한 권한을 알 수 없음',
  'the step {step}: the service {service} is not known here (there is {names})':
    '단계 {step}: 알 수 없는 서비스 {service}(있는 것: {names})',
  'no service is called {service} here (there is {names})': '없는 서비스: {service}(있는 것: {names})',
  'it is spelled {name}': '올바른 이름: {name}',
  'the service has no such operation': '서비스에 없는 작업',
  'SSM takes no streams': 'SSM은 스트림을 받지 않음',
  '{document} has no parameter for the resource': '{document}: 리소스 파라미터가 없음',
  'the groundrules package is not whole: {file} is missing':
    'groundrules 패키지가 온전하지 않음: {file} 파일이 없음',
  // What a value was expected to be
  '{name} is none of {values}': '{name}: 허용되지 않는 값(허용: {values})',
  '{value} is none of {values}': '{value}: 허용되지 않는 값(허용: {values})',
  'expected {type}, not {value}': '{type} 필요, 현재 값 {value}',
  '{count} items, fewer than minItems ({least})': '항목 {count}개(minItems {least} 미만)',
  '{count} items, more than maxItems ({most})': '항목 {count}개(maxItems {most} 초과)',
  '{value} is shorter than minChars ({least})': '{value}: minChars({least})보다 짧음',
  '{count} characters, more than maxChars ({most})': '{count}자(maxChars {most} 초과)',
  '{value} does not match {pattern}': '{value}: 패턴 {pattern}에 맞지 않음',
};
