/** What ends a command, in Korean: every book of phrases in which somebody says why. It is loaded when there is an error. */
import { errorMessageKo } from '../../account/errors.ko.ts';
import { AccountError } from '../../account/errors.ts';
import { phrases as live } from '../../account/live/phrases.ko.ts';
import { phrases as snapshot } from '../../account/snapshot/phrases.ko.ts';
import { phrases as template } from '../../account/template/phrases.ko.ts';
import { phrases as automation } from '../../automation/phrases.ko.ts';
import { phrases as packs } from '../../deploy/packs/phrases.ko.ts';
import { phrases as preflight } from '../../deploy/preflight/phrases.ko.ts';
import { phrases as settings } from '../../deploy/settings/phrases.ko.ts';
import { translator } from '../../report/phrases.ts';
import { phrases as parameters } from '../../rules/parameters.ko.ts';
import { phrases as waivers } from '../../waivers/phrases.ko.ts';
import { phrases as own } from './phrases.ko.ts';

/** Earlier ones count where two have the same phrase. */
export const BOOKS = [
  own,
  live,
  snapshot,
  template,
  settings,
  parameters,
  waivers,
  packs,
  automation,
  preflight,
];

const say = translator(BOOKS);
const KOREAN = /[가-힣]/;

/** A message of ours in Korean; one that is not, and what stands before it, as it is. */
export function inKorean(message: string): string {
  const whole = say(message);
  if (whole !== message) return whole;
  for (const { index } of message.matchAll(/: /g)) {
    const rest = message.slice(index + 2);
    const said = say(rest);
    if (said !== rest) return `${message.slice(0, index)}: ${said}`;
  }
  return message;
}

/** What an error with a code says. What AWS, Node.js or a parser said alone is quoted. */
export function errorInKorean(error: Error & { readonly code: string }): string {
  if (error instanceof AccountError) return errorMessageKo(error);
  const said = inKorean(error.message);
  return KOREAN.test(said) ? said : `오류(${error.code}). 원문: "${error.message}"`;
}
