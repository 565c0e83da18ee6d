import type { StoredVerdict } from './result.ts';

/** `AWS Config has COMPLIANT, recorded at 2026-11-27T04:10:00Z, before this`: where its verdict is another one, and why. */
export function storedText({ compliance, recordedAt, why }: StoredVerdict): string {
  if (compliance === null) return 'AWS Config has no result: waived there, or not evaluated since';
  const at = recordedAt?.replace(/\.\d+Z$/, 'Z');
  const because = why === 'parameters' ? 'with other parameters' : 'before this';
  return `AWS Config has ${compliance}, recorded at ${at}, ${because}`;
}
