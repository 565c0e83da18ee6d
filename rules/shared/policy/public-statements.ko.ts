/** What a public statement says for itself, in Korean. */

/** Whom it lets in, as {@link describe} says it: `anyone`, `anyone but 111122223333`, `Federated graph.facebook.com`. */
export const principalKo = (principal: string): string => {
  if (principal === 'anyone') return '모두';
  return principal.replace(/^anyone but (.+)$/s, '$1 외 모두');
};

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/ restricts nobody$/, ': 아무도 제한하지 않음'],
  [/ does not compare (\S+)$/, ': $1 비교에 쓸 수 없음'],
  [/ is not a plain address range$/, ': 올바른 주소 범위가 아님'],
  [/ is broader than (\/\d+)$/, ': $1보다 넓음'],
  [/ ranges join to more than a (\/\d+)$/, ': 범위를 합치면 $1보다 넓음'],
  [/ is not fixed$/, ': 고정 값이 아님'],
];

/** Why its conditions do not help, as {@link whyOpen} says it of each. */
export const whyOpenKo = (why: string): string =>
  why
    .split(', ')
    .map((one) => REASONS.reduce((text, [english, korean]) => text.replace(english, korean), one))
    .join(', ');
