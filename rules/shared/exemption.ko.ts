import type { Exempt } from './exemption.ts';

/** `태그 groundrules:exempt`, `파라미터 exemptBuckets`: by what somebody has exempted or approved a resource. */
export const byKo = (by: string): string =>
  by.replace(/^tag (?=.)/, '태그 ').replace(/^parameter (?=.)/, '파라미터 ');

export const exemptMessageKo = ({ by }: Exempt): string => `예외: ${byKo(by)}`;
