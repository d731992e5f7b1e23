// Days as they stand on a calendar: "2026-11-20", reckoned in UTC, where each has 24 hours; and what belongs to
// weeks and months of them. Which moment a day is in some zone is said elsewhere.
import { locale } from '../i18n';

const dayMs = 24 * 3600 * 1000;
export const utcOf = (day: string) => new Date(`${day}T00:00:00Z`);
const nameOf = (date: Date) => date.toISOString().slice(0, 10);

export const addDays = (day: string, n: number) => nameOf(new Date(utcOf(day).getTime() + n * dayMs));
export const daysBetween = (from: string, to: string) =>
  Math.round((utcOf(to).getTime() - utcOf(from).getTime()) / dayMs);

export function addMonths(day: string, n: number): string {
  const date = utcOf(day);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n + 1, 0));
  return nameOf(
    new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date.getUTCDate(), last.getUTCDate()))),
  );
}

export function firstWeekday(): number {
  const info = new Intl.Locale(locale()) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1; // 1 = Monday … 7 = Sunday
}

export const weekStart = (day: string) => addDays(day, -((utcOf(day).getUTCDay() + 7 - (firstWeekday() % 7)) % 7));
export const monthStart = (day: string) => `${day.slice(0, 7)}-01`;
export const isDay = (text: string | undefined): text is string =>
  !!text && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utcOf(text).getTime());

export const formatDay = (day: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(utcOf(day));
