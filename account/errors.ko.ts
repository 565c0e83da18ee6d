/** Why something could not be read, in Korean: what AWS and the reader themselves said stays as it is, in quotation marks. */
import { isDenial, isThrottling, OWN_CODES } from './errors.ts';

/** Why, and what to do about it. */
type Reason = readonly [why: string, advice: string];

const OWN: Readonly<Record<(typeof OWN_CODES)[keyof typeof OWN_CODES], Reason>> = {
  [OWN_CODES.notCollected]: [
    '수집하지 않은 내용',
    '"groundrules collect"로 수집하거나, 원문에 나온 명령의 출력을 저장할 것',
  ],
  [OWN_CODES.malformed]: [
    '응답 형식이 올바르지 않음',
    '원문에서 가리키는 값을 확인하고 응답을 다시 저장할 것',
  ],
  [OWN_CODES.incomplete]: ['응답에 판정에 필요한 내용이 없음', '빠진 내용까지 모두 다시 읽을 것'],
  [OWN_CODES.cut]: ['응답이 중간에 잘림', '페이지를 나누지 않고 끝까지 다시 읽을 것'],
  [OWN_CODES.incompleteSnapshot]: [
    '스냅샷 수집이 끝나지 않았거나 이전 수집의 내용',
    '"groundrules collect"를 다시 실행할 것',
  ],
  [OWN_CODES.notInPartition]: [
    '이 계정의 파티션에 없는 API',
    '이 파티션에서는 판정할 수 없으므로 해당 규칙을 빼고 실행할 것',
  ],
  [OWN_CODES.unresolved]: [
    '템플릿만으로는 알 수 없는 값',
    '파라미터라면 --parameter-overrides로 값을 주고, 아니면 배포한 뒤에 판정할 것',
  ],
};

/** Of a call that did not reach AWS, or whose credentials AWS did not take. */
const LIVE: Readonly<Record<string, Reason>> = {
  CredentialsError: [
    '자격 증명이 없거나 AWS가 받아들이지 않음',
    '다시 로그인하거나 유효한 프로파일을 지정할 것. 활성화하지 않은 리전은 어떤 자격 증명도 받아들이지 않음',
  ],
  Timeout: ['제한 시간 안에 응답이 없음', '네트워크를 확인하고 다시 실행할 것'],
  NetworkError: ['AWS에 연결하지 못함', '네트워크와 엔드포인트를 확인할 것'],
};

const DENIED: Reason = ['읽을 권한이 없음', '원문에 나온 작업을 실행하는 보안 주체에 허용할 것'];
const THROTTLED: Reason = [
  'AWS가 호출을 스로틀링함',
  '잠시 후 다시 실행하거나 한 번에 읽는 리전 수를 줄일 것',
];
const GONE: Reason = ['읽으려는 대상이 없음', '그사이 삭제되었는지 확인하고 다시 실행할 것'];
const REFUSED: Reason = ['AWS가 오류를 반환함', '원문을 확인하고 다시 실행할 것'];
const BROKEN: Reason = ['판정 중 오류 발생', '원문을 확인할 것'];

function reasonOf(code: string, api: string | undefined): Reason {
  if (Object.hasOwn(OWN, code)) return OWN[code as keyof typeof OWN];
  if (Object.hasOwn(LIVE, code)) return LIVE[code] as Reason;
  if (isDenial(code)) return DENIED;
  if (isThrottling(code)) return THROTTLED;
  if (/^NoSuch|NotFound/.test(code)) return GONE;
  return api === undefined ? BROKEN : REFUSED;
}

/** `s3:GetBucketPolicy: 읽을 권한이 없음(AccessDenied). … 원문: "…"` */
export function errorMessageKo({
  code,
  api,
  message,
}: {
  readonly code: string;
  readonly api?: string | undefined;
  readonly message: string;
}): string {
  const [why, advice] = reasonOf(code, api);
  return `${api === undefined ? '' : `${api}: `}${why}(${code}). ${advice}. 원문: "${message}"`;
}
