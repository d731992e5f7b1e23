// What a calendar view spans: its days, in the viewer's own, and the moments where they begin and end.
import { addDays, addMonths, formatDay, monthStart, weekStart } from '../kit/days';
import { locale } from '../i18n';

export const views = ['month', 'week', 'day', 'list'] as const;
export type View = (typeof views)[number];
export const isView = (word: string | undefined): word is View => views.includes(word as View);

const two = (n: number) => String(n).padStart(2, '0');
export const dayOf = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
export const today = () => dayOf(new Date());

export function daysOf(view: View, on: string): string[] {
  if (view === 'day') return [on];
  if (view === 'week') return span(weekStart(on), 7);
  const first = monthStart(on);
  if (view === 'list') return span(first, Number(addDays(addMonths(first, 1), -1).slice(8)));
  const start = weekStart(first);
  const end = addMonths(first, 1);
  let weeks = 4;
  while (addDays(start, weeks * 7) < end) weeks++;
  return span(start, weeks * 7);
}
const span = (from: string, n: number) => Array.from({ length: n }, (_, i) => addDays(from, i));

// The viewer's midnight, as a moment.
export function momentOf(day: string): string {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return new Date(y, m - 1, d).toISOString();
}

export const step = (view: View, on: string, n: number) =>
  view === 'day' ? addDays(on, n) : view === 'week' ? addDays(on, 7 * n) : addMonths(monthStart(on), n);

export function titleOf(view: View, on: string): string {
  if (view === 'day') return formatDay(on, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  if (view !== 'week') return formatDay(on, { month: 'long', year: 'numeric' });
  const days = daysOf('week', on);
  const format = new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return format.formatRange(new Date(days[0]!), new Date(days[6]!));
}
