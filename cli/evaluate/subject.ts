/** Whose account `groundrules evaluate` judges, and whether that can be meant. */
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Options } from './command.ts';

export const NOTHING_OF_YOURS = {
  en: 'nothing of yours was judged: these are the sample accounts that come along (--live judges the account of your credentials, a path a snapshot)',
  ko: '사용자의 계정은 판정하지 않았습니다: 함께 제공되는 예제 계정입니다 (자격 증명의 계정은 --live, 스냅샷은 경로를 지정)',
};

/** Signs that an account of the user's was meant: the environment of a pipeline, or credentials. */
export function saysWhose({
  CI = '',
  AWS_PROFILE,
  AWS_ACCESS_KEY_ID,
}: World['env']): 'ci' | 'credentials' | undefined {
  if (!['', '0', 'false'].includes(CI.toLowerCase())) return 'ci';
  return AWS_PROFILE || AWS_ACCESS_KEY_ID ? 'credentials' : undefined;
}

/**
 * Whose account is judged.
 *
 * @param isFleet whether it is many live ones.
 * @returns whether it is the sample's.
 * @throws {UsageError} where that is unlikely to be meant.
 */
export function checkSubject(
  paths: readonly string[],
  { live, sample, fromConfig, aggregator }: Options,
  env: World['env'],
  isFleet: boolean,
): boolean {
  if (isFleet) {
    const others = [
      ...(sample ? ['--sample'] : []),
      ...(fromConfig ? ['--from-config'] : []),
      ...(aggregator === undefined ? [] : ['--aggregator']),
      ...paths,
    ];
    if (others.length === 0) return false;
    throw new UsageError({
      en: `${others.join(', ')}: --organization and --role-name judge live accounts: leave one of them out (--aggregator alone reports what AWS Config has of an organization)`,
      ko: `${others.join(', ')}: --organization과 --role-name은 라이브 계정을 판정합니다. 둘 중 하나를 빼십시오 (AWS Config가 가진 조직의 결과는 --aggregator만으로 보고)`,
    });
  }
  if (aggregator !== undefined) {
    if (live || sample || paths.length > 0) {
      throw new UsageError({
        en: '--aggregator reports what AWS Config has, and judges nothing: leave --live, --sample and paths out',
        ko: '--aggregator는 판정하지 않고 AWS Config가 가진 것을 보고합니다. --live, --sample, 경로를 빼십시오',
      });
    }
    return false;
  }
  if (fromConfig && !live) {
    throw new UsageError({
      en: '--from-config asks the AWS Config of the live account: give --live as well',
      ko: '--from-config는 라이브 계정의 AWS Config에 물어봅니다. --live도 주십시오',
    });
  }
  if (live && paths.length > 0) {
    throw new UsageError({
      en: `--live judges the account of the credentials, and ${paths.join(', ')} is something else: leave one of them out`,
      ko: `--live는 자격 증명의 계정을 판정하는데 ${paths.join(', ')}은(는) 다른 것입니다. 둘 중 하나를 빼십시오`,
    });
  }
  if (sample && (live || paths.length > 0)) {
    throw new UsageError({
      en: '--sample judges the sample accounts: leave --live and paths out',
      ko: '--sample은 예제 계정을 판정합니다. --live와 경로를 빼십시오',
    });
  }
  if (live || paths.length > 0) return false;
  if (!sample && saysWhose(env) === 'ci') {
    throw new UsageError({
      en: 'nothing of yours would be judged, and this is a pipeline (CI is set): give --live, or a path, or --sample for the sample accounts',
      ko: '판정할 계정이 없고, 여기는 파이프라인입니다(CI가 설정됨). --live나 경로를 지정하거나, 예제 계정이면 --sample을 주십시오',
    });
  }
  return true;
}
