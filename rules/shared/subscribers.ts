/** Whom AWS tells of what an account costs: a mailbox, an SNS topic, or both. */
import { optionalText, parameter } from '../parameters.ts';

/** The options of a fix that lets AWS tell somebody. */
export const subscriberOptions = {
  EmailAddress: parameter(optionalText(), '', {
    en: 'The address to which AWS writes: a mailbox that several people read.',
    ko: 'AWS가 메일을 보내는 주소. 여러 사람이 읽는 메일함이 좋습니다.',
  }),
  TopicArn: parameter(optionalText(), '', {
    en: 'The SNS topic to which AWS publishes, whose policy has to let it.',
    ko: 'AWS가 게시하는 SNS 주제. 주제의 정책이 게시를 허용해야 합니다.',
  }),
};

/** What is known of whom to tell. */
export interface Told {
  readonly EmailAddress?: string | undefined;
  readonly TopicArn?: string | undefined;
}

/** A topic without such a policy gets nothing, and AWS tells nobody of it. */
export const topicWarning = (topic: string, service: string): string =>
  `The policy of ${topic} has to let ${service} publish: without that nothing arrives, and AWS does not say so.`;
