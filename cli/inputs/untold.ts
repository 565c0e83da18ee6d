/** What can be said of an input that shows whose it is, and nothing else: left out, its account would look like one without problems. */
import type { ResourceRef } from '../../account/account.ts';
import { OWN_CODES } from '../../account/errors.ts';
import { accountResource } from '../../rules/evaluate.ts';
import { couldNotTell } from '../../rules/judgement.ts';
import { messageIn } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Input } from './input.ts';

/** What the report says of each rule. */
class NothingToJudge extends Error {
  override readonly name = 'NothingToJudge';
  readonly code = OWN_CODES.notCollected;
}

/** The input as one of which no rule can tell. */
export const untold = (
  { label, account }: Pick<Input, 'label' | 'account'>,
  why: Error,
  resource: ResourceRef = accountResource(account),
): Input => ({
  ...{ label, account, why },
  tells: () => couldNotTell(resource, new NothingToJudge(why.message, { cause: why })),
});

/** Says of each input of which no rule can tell why that is so, while others are judged. */
export async function sayUntold(
  inputs: readonly Input[],
  { progress, language }: Pick<World, 'progress' | 'language'>,
): Promise<void> {
  for (const { why, account } of inputs) {
    if (!why) continue;
    const message = await messageIn(why, language);
    progress.problem(
      {
        en: `could not be judged, while the others are: ${message}`,
        ko: `판정하지 못했고, 나머지는 판정합니다: ${message}`,
      },
      { accountId: account.id },
    );
  }
}
