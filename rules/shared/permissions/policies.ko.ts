/** `인라인 정책 deploy`, `정책 arn:aws:iam::aws:policy/…`: a policy as {@link Policy.name} calls it. */
export const policyKo = (name: string): string =>
  name.replace(/^inline policy (?=.)/, '인라인 정책 ').replace(/^policy (?=.)/, '정책 ');
