import { Logger } from '@aws-lambda-powertools/logger';

type Details = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The function's log: one line of JSON an entry. Details are single values, so that nobody logs a configuration item,
 * a policy or an event by mistake.
 */
export interface Log {
  info(message: string, details: Details): void;
  warn(message: string, details: Details): void;
}

/** AWS Lambda Powertools' logger; `POWERTOOLS_LOG_LEVEL` sets how much it says. */
export function openLog(): Log {
  const logger = new Logger({ serviceName: 'groundrules' });
  return {
    info: (message, details) => logger.info(message, { ...details }),
    warn: (message, details) => logger.warn(message, { ...details }),
  };
}
