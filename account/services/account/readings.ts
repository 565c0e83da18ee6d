/** AWS Account Management, about the caller's own account. */
import * as z from 'zod/mini';
import { field, text } from '../../parts.ts';
import type { Reading } from '../../reading.ts';

const account = { name: 'account' } as const;

/** As AWS Account Management spells it. */
export interface AlternateContact {
  readonly Name: string;
  readonly Title: string;
  readonly EmailAddress: string;
  readonly PhoneNumber: string;
}

/** The account's alternate contact of a type; `null` when it has none. */
export const alternateContact = {
  service: account,
  api: 'GetAlternateContact',
  about: { options: ['--alternate-contact-type'], from: { ids: ['BILLING', 'OPERATIONS', 'SECURITY'] } },
  scope: ['arn:{partition}:account::{account}:account'],
  none: ['ResourceNotFoundException'],
  shape: () =>
    field(
      'AlternateContact',
      z.object({ Name: text, Title: text, EmailAddress: text, PhoneNumber: text }),
    ) as z.ZodMiniType<AlternateContact>,
} as const satisfies Reading;

/** The account's primary contact, by AWS's names of its fields; `null` when it has none. */
export const contactInformation = {
  service: account,
  api: 'GetContactInformation',
  scope: ['arn:{partition}:account::{account}:account'],
  none: ['ResourceNotFoundException'],
  shape: () =>
    z.object({
      ContactInformation: z.record(z.string(), z.nullish(z.string())),
      /** Of the phone number. */
      VerificationStatus: z.nullish(z.string()),
    }),
} as const satisfies Reading;
