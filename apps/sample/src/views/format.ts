const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** For example `23 Nov 2026, 02:11 UTC`. */
export function formatTime(time: number): string {
  return `${moment.format(time)} UTC`;
}

/** For example `24 hours`: rounded to the largest unit that says enough. */
export function formatDuration(ms: number): string {
  if (ms < minute) return 'less than a minute';
  if (ms < hour) return count(ms / minute, 'minute');
  return ms < 3 * day ? count(ms / hour, 'hour') : count(ms / day, 'day');
}

function count(amount: number, unit: string): string {
  const rounded = Math.round(amount);
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`;
}

/** For example `5 min`: short, for a table. */
export function formatAge(ms: number): string {
  if (ms < minute) return 'under 1 min';
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  return ms < 2 * day ? `${Math.floor(ms / hour)} h` : `${Math.floor(ms / day)} days`;
}
