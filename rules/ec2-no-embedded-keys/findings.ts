import type { Messages } from '../rule.ts';
import { type Exempt, exemptMessage } from '../shared/exemption.ts';

/** Nothing of a secret, and of a key's id the first and the last four characters. */
export type KeyFinding =
  | {
      readonly kind: 'accessKey';
      /** `user data`, or `version 3` of a launch template. */
      readonly where: string;
      readonly line: number;
      /** `AKIA…WXYZ` */
      readonly key: string;
    }
  | { readonly kind: 'secretKey'; readonly where: string; readonly line: number }
  | Exempt;

export const messages: Messages<KeyFinding> = {
  accessKey: ({ where, line, key }) => `${where} has the access key ${key} in line ${line}`,
  secretKey: ({ where, line }) => `${where} has a secret access key in line ${line}`,
  exempt: exemptMessage,
};
