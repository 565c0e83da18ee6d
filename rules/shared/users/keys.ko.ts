import type { KeyName } from './deactivate.ts';

/** `액세스 키 AKIA…`; by its number in the credential report, where nobody knows its id. */
export const keyKo = ({ keyId, number }: KeyName): string => `액세스 키 ${keyId ?? `${number}번`}`;
