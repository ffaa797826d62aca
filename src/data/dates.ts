// Dates in tables: days since 1970-01-01, in universal time. Forms whose day and month may be swapped (3/4/2024) are not dates here.

const yearFirst =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;
const chinese = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/;

const millisecondsOfDay = 86_400_000;

/**
 * The days from the beginning of 1970 to the date that a trimmed cell writes, NaN where it writes none.
 * @example daysOf('1970-01-02 12:00') // 1.5
 */
export function daysOf(text: string): number {
  const [, year, , month, day, hours = '0', minutes = '0', seconds = '0', zone] = yearFirst.exec(text) ?? [];
  if (year !== undefined) {
    const date = dateOf(year, month, day);
    const time = [hours, minutes, seconds].map(Number);
    if (time[0] > 23 || time[1] > 59 || time[2] >= 60) return Number.NaN;
    return date + (time[0] * 60 + time[1] - minutesOf(zone)) / 1440 + time[2] / 86_400;
  }
  const [, dotDay, dotMonth, dotYear] = dayFirst.exec(text) ?? [];
  if (dotYear !== undefined) return dateOf(dotYear, dotMonth, dotDay);
  const [, ownYear, ownMonth, ownDay] = chinese.exec(text) ?? [];
  return ownYear === undefined ? Number.NaN : dateOf(ownYear, ownMonth, ownDay);
}

/** A day as people write it: `2024-02-29`. */
export function dateText(days: number): string {
  const date = new Date(Math.round(days * millisecondsOfDay));
  return Number.isNaN(date.getTime()) ? String(days) : date.toISOString().slice(0, 10);
}

/** NaN for the 31st of February. */
function dateOf(year: string, month: string, day: string): number {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? date.getTime() / millisecondsOfDay : Number.NaN;
}

/** Minutes that a zone is ahead of universal time. */
function minutesOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const size = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return zone.startsWith('-') ? -size : size;
}
