import type { HelpConfiguration } from 'commander';
import wrap from 'wrap-ansi';
import type { Language } from '../../report/both.ts';
import { commandList } from '../../report/commands.ts';
import { words } from './commander.ts';
import type { AnyCommand } from './define.ts';
import { terminal } from './terminal.ts';
import type { World } from './world.ts';

/** Lines of help are no longer than people read. */
const WIDEST = 120;
/** The least that a description needs beside its option: with less it goes below. */
const NARROWEST = 34;

/** How wide help is, on standard output. */
export const helpWidth = (screen: World['screen'] = terminal): number =>
  Math.min(screen(true, 80).width, WIDEST);

/** Commander's help, with descriptions below their options where there is no room beside them. */
export const HELP: HelpConfiguration = {
  minWidthToWrap: NARROWEST,
  formatItem(term, termWidth, description, helper) {
    const width = helper.helpWidth ?? 80;
    const beside = width - termWidth - 4;
    if (description === '') return `  ${term}`;
    if (beside >= NARROWEST) {
      const lines = wrap(description, beside).split('\n');
      return `  ${term.padEnd(termWidth)}  ${lines.join(`\n${' '.repeat(termWidth + 4)}`)}`;
    }
    const lines = wrap(description, width - 6, { hard: true }).split('\n');
    return [`  ${term}`, ...lines.map((line) => `      ${line}`)].join('\n');
  },
};

/** What comes after a command's options: examples, what has to be known besides, and what the exit status means. */
export function lessonText({ examples, note, exit }: AnyCommand, width: number, language: Language): string {
  const said = words[language];
  const lines = examples.map(([line, what]) => [line, what === '' ? '' : what[language]] as const);
  const meanings = exit.map(([status, what]) => [status, what[language]] as const);
  return [
    `\n${said.examples}\n${commandList(lines, { colour: false, width })}`,
    ...(note === undefined ? [] : [fields([['', note[language]]], width)]),
    `${said.exit}\n${fields(meanings, width)}`,
  ].join('\n\n');
}

/** Names with what they mean, each wrapped beside its name. */
export function fields(rows: readonly (readonly [name: string, what: string])[], width: number): string {
  const longest = Math.max(...rows.map(([name]) => name.length));
  const indent = longest === 0 ? 0 : longest + 4;
  return rows
    .map(([name, what]) => {
      const lines = wrap(what, width - indent, { hard: true }).split('\n');
      const first = longest === 0 ? '' : `  ${name.padEnd(longest)}  `;
      return `${first}${lines.join(`\n${' '.repeat(indent)}`)}`;
    })
    .join('\n');
}
