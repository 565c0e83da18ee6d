import { AccountError, OWN_CODES } from '../../account/errors.ts';

/** With which its message begins: who knows more of the reason may say so instead. */
export const NO_REGION_IN_VIEW = 'no Region is in view';

/** Why a regional rule cannot tell anything of an account of which no Region is in view. */
export const noRegionInView = (api: string, what: string): AccountError =>
  new AccountError(
    OWN_CODES.notCollected,
    api,
    `${NO_REGION_IN_VIEW}, so there is nowhere to look for ${what}: name one with --region`,
  );
