/** Every command, in the order of `groundrules --help`. */
import attest from './attest/command.ts';
import collect from './collect/command.ts';
import compare from './compare/command.ts';
import completion from './completion/command.ts';
import controls from './controls/command.ts';
import cost from './cost/command.ts';
import deploy from './deploy/command.ts';
import destroy from './destroy/command.ts';
import diff from './diff/command.ts';
import evaluate from './evaluate/command.ts';
import explain from './explain/command.ts';
import permissions from './permissions/command.ts';
import preflight from './preflight/command.ts';
import type { AnyCommand } from './program/define.ts';
import remediate from './remediate/command.ts';
import serve from './serve/command.ts';
import synth from './synth/command.ts';
import template from './template/command.ts';
import waive from './waive/command.ts';
import waivers from './waivers/command.ts';

export const commands: readonly AnyCommand[] = [
  evaluate,
  collect,
  remediate,
  waive,
  waivers,
  explain,
  compare,
  serve,
  controls,
  attest,
  cost,
  preflight,
  deploy,
  synth,
  diff,
  destroy,
  template,
  permissions,
  completion,
];
