#!/usr/bin/env node
import { commands } from './commands.ts';
import { start } from './program/start.ts';

await start(commands);
