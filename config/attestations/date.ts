/** Calendar dates as `YYYY-MM-DD`, in UTC: the same on every machine, and in order when sorted as texts. */

const DAY = 86_400_000;

export const dateOf = (time: Date): string => time.toISOString().slice(0, 10);

/** Whether the text is a date that the calendar has: 2027-02-30 is none. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && dateOf(new Date(time)) === text;
}

/** @param date as {@link isDate} takes it. */
export const addDays = (date: string, days: number): string =>
  dateOf(new Date(Date.parse(date) + days * DAY));
