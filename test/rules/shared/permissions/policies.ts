import type { Permissions, Policy } from '../../../../rules/shared/permissions/permissions.ts';
import { parseIdentityPolicy } from '../../../../rules/shared/policy/parse.ts';

/** A statement, or part of one. */
export type Json = Record<string, unknown>;

export const allow = (Action: unknown, Resource: unknown = '*', more: Json = {}): Json => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: unknown, Resource: unknown = '*', more: Json = {}): Json => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});
export const allBut = (Effect: string, NotAction: unknown, more: Json = {}): Json => ({
  Effect,
  NotAction,
  Resource: '*',
  ...more,
});

export const document = (Statement: unknown): Json => ({ Version: '2012-10-17', Statement });
export const policy = (...statements: Json[]): Policy => ({
  name: 'policy p',
  statements: parseIdentityPolicy(JSON.stringify(document(statements)), 'policy p'),
});
export const UNREAD: Policy = {
  name: 'policy arn:aws:iam::111122223333:policy/gone',
  arn: 'arn:aws:iam::111122223333:policy/gone',
  unread: 'is without its document in the answer',
  statements: [],
};
export const having = (...statements: Json[]): Permissions => ({ policies: [policy(...statements)] });
export const within = (boundary: Json[], ...statements: Json[]): Permissions => ({
  ...having(...statements),
  boundary: policy(...boundary),
});
