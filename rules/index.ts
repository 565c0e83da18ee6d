import accessKeyAge from './access-key-age/rule.ts';
import rootMfa from './root-mfa/rule.ts';
import type { AnyRule } from './rule.ts';
import s3Public from './s3-public/rule.ts';
import sgOpenPorts from './sg-open-ports/rule.ts';
import trailObjectLock from './trail-object-lock/rule.ts';

/** Every custom rule, worst first. */
export const rules: readonly AnyRule[] = [rootMfa, s3Public, sgOpenPorts, accessKeyAge, trailObjectLock];
