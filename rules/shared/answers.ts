/** Answers of three values: what hangs on something that nobody knows is `unknown`. */
export type Answer = boolean | 'unknown';

export function every(answers: Iterable<Answer>): Answer {
  let all: Answer = true;
  for (const answer of answers) {
    if (answer === false) return false;
    if (answer === 'unknown') all = answer;
  }
  return all;
}

export function some(answers: Iterable<Answer>): Answer {
  let any: Answer = false;
  for (const answer of answers) {
    if (answer === true) return true;
    if (answer === 'unknown') any = answer;
  }
  return any;
}

export const not = (answer: Answer): Answer => (answer === 'unknown' ? answer : !answer);
