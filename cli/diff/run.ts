import { runCdk } from '../cdk/run.ts';

export const run = runCdk('diff');
