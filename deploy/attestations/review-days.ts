import { controls } from '../../catalogue/index.ts';

/**
 * How many days an attestation holds, by control. The function's bundle has these numbers and not the catalogue:
 * scripts/build.ts works them out.
 */
export const REVIEW_DAYS: Readonly<Record<string, number>> = Object.fromEntries(
  controls.flatMap((control) =>
    control.kind === 'process-check' ? [[control.id, control.reviewEveryDays]] : [],
  ),
);
