// A rule in words: "every 2 weeks on Monday and Friday, 10 times".
import { list, locale, number, t } from '../i18n';
import { piecesOf } from './repeat';

// 5 January 1970 was a Monday.
export const weekdayName = (weekday: number) =>
  new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(1970, 0, 5 + weekday)));

const dateText = (day: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T12:00Z`));

function dayText({ nth, weekday }: { nth: number; weekday: number }): string {
  const day = weekdayName(weekday);
  if (nth === 0) return day;
  if (nth === -1) return t('repeat.last', { day });
  return nth < 0 ? t('repeat.fromEnd', { n: -nth, day }) : t(`repeat.nth.${nth as 1 | 2 | 3 | 4 | 5}`, { day });
}

export function repeatWords(rule: string): string {
  const { every, interval, days, monthDays, count, until } = piecesOf(rule);
  const words = [t(`repeat.every.${every}`, { n: interval })];
  const on = [
    ...days.map(dayText),
    ...monthDays.map((n) => (n === -1 ? t('repeat.lastDay') : t('repeat.monthDay', { n: number(n) }))),
  ];
  if (on.length) words.push(t('repeat.on', { days: list(on) }));
  const text = words.join(' ');
  if (count) return t('repeat.times', { text, n: count });
  return until ? t('repeat.until', { text, day: dateText(until) }) : text;
}
