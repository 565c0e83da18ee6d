import { createHash } from 'node:crypto';
import { VERSION } from '../../../package.ts';
import type { Language } from '../../language.ts';
import { script, style, template } from './assets.ts';
import { type Html, html } from './escape.ts';
import type { RulePage } from './markdown.ts';
import { type Changes, changesSection } from './parts/changes.ts';
import { controlsSection } from './parts/controls.ts';
import { findingsSection, type Worst, waiversSection } from './parts/findings.ts';
import { type Historical, historySection } from './parts/history.ts';
import { type Overview, overview } from './parts/overview.ts';
import type { Words } from './words.ts';

export interface Page extends Overview {
  readonly language: Language;
  readonly worst: Worst;
  readonly changes: Changes | undefined;
  readonly historical: Historical | undefined;
  /** What the rules' pages say, by the rules' ids. */
  readonly pages: ReadonlyMap<string, RulePage>;
}

/** The page before and after the place of its data. */
export function pageAround(page: Page, words: Words): readonly [before: string, after: string] {
  const { header, language, judged, summary } = page;
  const waivers = waiversSection(summary.waivers, words);
  const history = historySection(page.historical, words, language);
  const main = [
    overview(page, words),
    ...(history ? [history] : []),
    changesSection(page.changes, words),
    findingsSection(page.worst, words),
    ...(waivers ? [waivers] : []),
    controlsSection(judged, header, words, language),
    aboutSection(words),
  ];
  const values: Readonly<Record<string, string>> = {
    ...{ language, style, script, version: VERSION },
    policy: policy(),
    title: html`${words.title}`.text,
    skip: html`${words.skip}`.text,
    nav: nav(words, [...(history ? [] : ['history']), ...(waivers ? [] : ['waivers'])]).text,
    themeLabel: html`${words.theme.label}`.text,
    themes: themes(words).text,
    main: main.map(({ text }) => text).join('\n'),
    footer: html`<p>Groundrules ${VERSION}</p>`.text,
    templates: templates(page.pages).text,
  };
  const fill = (part: string) => part.replace(/\{\{(\w+)\}\}/g, (_, name: string) => slotOf(values, name));
  const [before = '', after = ''] = template.split('{{data}}');
  return [fill(before), fill(after)];
}

function slotOf(values: Readonly<Record<string, string>>, name: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`page.html: nothing fills {{${name}}}`);
  return value;
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded, sent or run but what is in the page, and no text becomes a part of it. Who serves it sends the same. */
export const policy = (): string =>
  [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');

const nav = ({ sections }: Words, without: readonly string[]): Html =>
  html`${(['overview', 'history', 'changes', 'findings', 'waivers', 'controls'] as const).filter((name) => !without.includes(name)).map((name) => html`<a href="#${name}">${sections[name]}</a>`)}`;

const themes = ({ theme }: Words): Html =>
  html`${(['auto', 'light', 'dark'] as const).map((name) => html`<label><input type="radio" name="theme" value="${name}"><span>${theme[name]}</span></label>`)}`;

const aboutSection = (
  words: Words,
): Html => html`<section id="about" class="inner" aria-labelledby="about-head">
<h2 id="about-head" class="big">${words.sections.about}</h2>
<ul class="prose">${words.about.map((one) => html`<li>${one}</li>`)}</ul>
</section>`;

const templates = (pages: ReadonlyMap<string, RulePage>): Html =>
  html`${[...pages].map(([id, parts]) =>
    (['why', 'changes', 'undo'] as const).map(
      (part) =>
        parts[part] && html`<template data-rule="${id}" data-part="${part}">${parts[part]}</template>\n`,
    ),
  )}`;
