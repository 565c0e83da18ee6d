import type { Step } from '../document/schema.ts';
import type { Action } from './action.ts';
import { assertAwsResourceProperty, executeAwsApi, waitForAwsResourceProperty } from './api.ts';
import { executeAutomation } from './automation.ts';
import { branch } from './branch.ts';
import { invokeLambdaFunction } from './lambda.ts';
import { approve, pause, sleep } from './pauses.ts';
import { updateVariable } from './variable.ts';

/** The actions that run here, but for aws:loop, which is steps in steps. */
export const ACTIONS: { readonly [Name in Step['action']]?: Action<Name> } = {
  'aws:approve': approve,
  'aws:assertAwsResourceProperty': assertAwsResourceProperty,
  'aws:branch': branch,
  'aws:executeAutomation': executeAutomation,
  'aws:executeAwsApi': executeAwsApi,
  'aws:invokeLambdaFunction': invokeLambdaFunction,
  'aws:pause': pause,
  'aws:sleep': sleep,
  'aws:updateVariable': updateVariable,
  'aws:waitForAwsResourceProperty': waitForAwsResourceProperty,
};
