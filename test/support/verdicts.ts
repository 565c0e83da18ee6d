import type { Says, Situation } from './situations.ts';

/** The verdicts by resource id, whichever way they were written. */
export const verdictsOf = ({
  says,
}: Situation): readonly (readonly [id: string | undefined, says: Says])[] =>
  Array.isArray(says)
    ? [[undefined, says as unknown as Says]]
    : Object.entries(says as Readonly<Record<string, Says>>);
