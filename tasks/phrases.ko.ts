/** What a rule's function answers its document, in Korean. */
import type { Phrases } from '../rules/language.ts';

export const phrases: Phrases = {
  // What was found, planned and done
  '{resource} becomes NON_COMPLIANT again.': '{resource}: 다시 NON_COMPLIANT가 됨.',
  'nothing is left to undo.': '되돌릴 것이 남아 있지 않음.',
  'Refused:': '거부:',
  'Would change: {changes}': '바뀔 것: {changes}',
  'Changed:': '변경:',
  'Undone:': '되돌림:',
  '+{count} more': '외 {count}건',
  '{function} failed ({error}): {why}': '{function} 실패({error}): {why}',
  '{function} failed ({error})': '{function} 실패({error})',
  'the run was cancelled': '실행이 취소됨',
  // What it was asked
  'task is {task}; expected plan, confirm, report, undo or undone':
    'task의 값 {task}: plan, confirm, report, undo, undone 중 하나여야 함',
  'nothing here can tell which run asks for it': '어느 실행이 요청했는지 여기서는 알 수 없음',
  'nothing here can tell which run it was': '어느 실행이었는지 여기서는 알 수 없음',
  'accountId is missing': 'accountId 누락',
  'execution is missing: the DocumentName and the AutomationExecutionStatus of the run that is to be undone':
    'execution 누락: 되돌릴 실행의 DocumentName과 AutomationExecutionStatus가 필요함',
  'is empty': '비어 있음',
  'planned is no JSON object': 'planned가 JSON 객체가 아님',
  'resourceType is {given}; {rule} reports on {types}':
    'resourceType의 값 {given}: {rule} 규칙의 대상은 {types}',
  // What is to be taken back
  "the execution's DocumentName is {document}, not {name} of this account: give the ExecutionId of a run of {other}":
    '실행의 DocumentName {document}: 이 계정의 문서 {name} 필요. {other} 실행의 ExecutionId를 지정할 것',
  "the execution's AutomationExecutionStatus is Rejected: nobody approved it, so it changed nothing":
    '실행의 AutomationExecutionStatus가 Rejected: 승인되지 않아 아무것도 바꾸지 않은 실행',
  "the execution's AutomationExecutionStatus is {status}: it can be taken back once it has ended":
    '실행의 AutomationExecutionStatus가 {status}: 끝난 뒤에 되돌릴 수 있음',
  'before is no output Before of a plan': 'before가 계획의 출력 Before가 아님',
  'the execution has no output Before: it never got as far as changing anything, or it is of another document':
    '실행에 출력 Before가 없음: 변경까지 가지 못했거나 다른 문서의 실행',
  'the execution was a preview, which changed nothing: give the one with Mode Apply':
    '아무것도 바꾸지 않은 미리 보기 실행: Mode가 Apply인 실행을 지정할 것',
  'the execution was of {rule} for {type} {id}, not of {otherRule} for {otherType} {otherId}':
    '{rule} 규칙의 {type} {id}에 대한 실행: {otherRule} 규칙의 {otherType} {otherId}에 대한 것이 아님',
  // What the function changes itself
  'nothing was changed, because since the plan was made this is new: {changes}. Start again with a preview':
    '계획 이후 새로 생긴 것이 있어 아무것도 바꾸지 않음: {changes}. 미리 보기부터 다시 시작할 것',
  'nothing here can make changes': '여기서는 변경할 수 없음',
  'the fix does not declare {api}': '수정에서 선언하지 않은 API: {api}',
  'nothing was changed, because {why}': '아무것도 바꾸지 않음: {why}',
  'it is not approved': '승인되지 않음',
  'no run of the document asks for it': '문서의 실행이 요청한 것이 아님',
  'executionId is missing, or no execution of SSM: only a run of the document can ask for this':
    'executionId가 없거나 SSM 실행이 아님: 문서의 실행만 요청할 수 있음',
  'Parameters.Mode is {mode}, and {task} is for {wanted}':
    'Parameters.Mode의 값 {mode}: {task} 작업에는 {wanted} 필요',
  'planned is not what the step {step} of the execution gave': 'planned가 실행의 단계 {step}의 출력과 다름',
  'Parameters.{name} is {value}, and the plan is for {wanted}':
    'Parameters.{name}의 값 {value}: 계획의 대상은 {wanted}',
  'the execution': '실행',
  'AutomationExecutionId is {id}, not {wanted}': 'AutomationExecutionId의 값 {id}: {wanted} 필요',
  'AutomationExecutionStatus is {status}, not InProgress':
    'AutomationExecutionStatus가 {status}, InProgress가 아님',
  'SSM does not tell of all steps, so nobody knows what was planned':
    'SSM이 모든 단계를 알려 주지 않아 무엇을 계획했는지 알 수 없음',
  'DocumentVersion is missing': 'DocumentVersion 누락',
  'take back by hand what that run made': '그 실행이 만든 것을 직접 되돌릴 것',
  'the execution that is to be taken back: {why}': '되돌릴 실행: {why}',
  "deploy again, and start the document's default version": '다시 배포하고 문서의 기본 버전을 시작할 것',
  'DocumentName is {document}, not {name}': 'DocumentName의 값 {document}: {name} 필요',
  'DocumentVersion is {version}, whose text is not the one that this function was deployed with: {instead}':
    'DocumentVersion {version}: 이 함수와 함께 배포한 문서와 내용이 다름. {instead}',
  'the document has no one parameter for its resource': '문서에 리소스 파라미터가 하나로 정해져 있지 않음',
  'the step {step} has not succeeded': '단계 {step}: 성공하지 않음',
  '{step} is missing, or no plan': '{step}: 없거나 계획이 아님',
  'another document started it, so nobody knows who did': '다른 문서가 시작하여 누가 시작했는지 알 수 없음',
  'no aws:approve step has succeeded': '성공한 aws:approve 단계가 없음',
  'whoever runs it': '실행하는 사람',
  'the settings name nobody who may approve it: set organization.rootCredentialApprovers':
    '설정에 승인할 사람이 없음: organization.rootCredentialApprovers를 지정할 것',
  'ExecutedBy is {who}: nobody knows who started it': 'ExecutedBy의 값 {who}: 누가 시작했는지 알 수 없음',
  '{who} started the execution, and somebody else has to approve it':
    '{who}: 실행을 시작한 당사자이므로 다른 사람이 승인해야 함',
  '{who} approved it, whom the settings do not name': '{who}: 승인했으나 설정에 없는 사람',
  'its text is no JSON object': '문서의 내용이 JSON 객체가 아님',
  '{name} is no JSON list of ARNs': '{name}: ARN의 JSON 목록이 아님',
  ': nothing to change': '. 바꿀 것이 없음',
  '{resource} is {compliance}': '{resource}: {compliance}',
  '{resource} is {compliance}{nothing}': '{resource}: {compliance}{nothing}',
};
