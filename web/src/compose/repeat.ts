// How a post repeats, as a person picks it and as the server is told (RFC 5545).
export type Often = 'never' | 'day' | 'weekdays' | 'week' | 'fortnight' | 'monthday' | 'nth' | 'year';
export interface Repeat {
  often: Often;
  end: 'never' | 'count' | 'until';
  count: number;
  until: string; // "2026-12-31"
}
export const noRepeat: Repeat = { often: 'never', end: 'never', count: 10, until: '' };

const days = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const noon = (local: string) => new Date(`${local.slice(0, 10)}T12:00Z`);
const dayOf = (local: string) => days[noon(local).getUTCDay()]!;
// Which Monday of the month it is; the fifth is the last.
const nthOf = (local: string) => {
  const nth = Math.ceil(noon(local).getUTCDate() / 7);
  return nth > 4 ? -1 : nth;
};

export function ruleOf(repeat: Repeat, local: string): string | undefined {
  const base = {
    never: undefined,
    day: 'FREQ=DAILY',
    weekdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    week: `FREQ=WEEKLY;BYDAY=${dayOf(local)}`,
    fortnight: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${dayOf(local)}`,
    monthday: `FREQ=MONTHLY;BYMONTHDAY=${noon(local).getUTCDate()}`,
    nth: `FREQ=MONTHLY;BYDAY=${nthOf(local)}${dayOf(local)}`,
    year: 'FREQ=YEARLY',
  }[repeat.often];
  if (!base) return undefined;
  if (repeat.end === 'count') return `${base};COUNT=${Math.max(2, repeat.count)}`;
  if (repeat.end === 'until' && repeat.until) return `${base};UNTIL=${repeat.until.replaceAll('-', '')}`;
  return base;
}

// A rule of the server in pieces, for words.
export function piecesOf(rule: string) {
  const parts = new Map(rule.split(';').map((p) => p.split('=') as [string, string]));
  const list = (name: string) => parts.get(name)?.split(',') ?? [];
  return {
    every: (parts.get('FREQ') ?? 'DAILY') as 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY',
    interval: Number(parts.get('INTERVAL') ?? 1),
    days: list('BYDAY').map((text) => ({
      nth: Number(text.slice(0, -2) || 0),
      weekday: (days.indexOf(text.slice(-2)) + 6) % 7, // 0 is Monday
    })),
    monthDays: list('BYMONTHDAY').map(Number),
    count: parts.has('COUNT') ? Number(parts.get('COUNT')) : undefined,
    until: parts.get('UNTIL')?.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3'),
  };
}
