import type { Messages } from '../rule.ts';
import { exemptMessageKo } from './exemption.ko.ts';
import { listedKo } from './listed.ko.ts';
import type { TrailFinding } from './trails.ts';

export const trailMessagesKo: Messages<TrailFinding> = {
  noBucket: ({ bucket }) => `버킷 ${bucket}: 존재하지 않아 추적의 로그가 사라짐`,
  foreignTrail: ({ owner }) => `계정 ${owner}의 조직 추적으로, 그 계정에서 판정함`,
  noTrail: ({ regions }) =>
    regions.length > 4
      ? `리전 ${regions.length}곳 어디에도 추적이 없음`
      : `추적이 없음: ${regions.join(', ')}`,
  elsewhere: ({ trails }) =>
    `보이는 리전을 홈으로 하는 추적이 없음. 홈 리전에서 판정함: ${listedKo(
      trails.map(({ name, homeRegion }) => `${name}(${homeRegion})`),
      3,
    )}`,
  exempt: exemptMessageKo,
};
