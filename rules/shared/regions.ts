import { AccountError, OWN_CODES } from '../../account/errors.ts';

/** Why a regional rule cannot tell anything of an account of which no Region is in view. */
export const noRegionInView = (api: string, what: string): AccountError =>
  new AccountError(
    OWN_CODES.notCollected,
    api,
    `no Region is in view, so there is nowhere to look for ${what}: name one with --region`,
  );
