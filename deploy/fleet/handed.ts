import type * as z from 'zod/mini';

/**
 * Checks what a function was handed.
 *
 * @param what the message calls it.
 * @throws {Error} which names the first thing that is wrong.
 */
export function handed<T>(schema: z.ZodMiniType<T>, given: unknown, what: string): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${what}: ${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
}
