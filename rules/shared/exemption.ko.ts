import type { Exempt } from './exemption.ts';

/** `태그 groundrules:exempt`, `파라미터 exemptBuckets`: what something is exempt or approved by. */
export const byKo = (by: string): string =>
  by.replace(/^tag (?=.)/, '태그 ').replace(/^parameter (?=.)/, '파라미터 ');

export const exemptMessageKo = ({ by }: Exempt): string => `${byKo(by)}에 따라 예외`;
