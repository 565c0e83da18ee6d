/** What the fix says, in Korean. */
import type { Phrases } from '../language.ts';

export const phrases: Phrases = {
  'Whether the account belongs to an organization could not be read ({why}).':
    '계정이 조직에 속하는지 읽지 못함. 원문: "{why}".',
};
