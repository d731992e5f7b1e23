// The posts of a span, put where the viewer's clock shows them; and what moving one makes of its own wall time.
import type { CalendarEntry, TargetView } from '../api/client';
import { dayOf } from './range';

export interface Entry extends CalendarEntry {
  day: string; // the viewer's
  minute: number; // of that day
}

const two = (n: number) => String(n).padStart(2, '0');

export function placed(entry: CalendarEntry): Entry {
  const at = new Date(entry.at.utc);
  return { ...entry, day: dayOf(at), minute: at.getHours() * 60 + at.getMinutes() };
}

export function byDay(entries: Entry[]): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const list = days.get(entry.day);
    if (list) list.push(entry);
    else days.set(entry.day, [entry]);
  }
  return days;
}

export const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

export interface Shift {
  days: number;
  minutes: number;
}

// The same clock on another day, or another clock: reckoned on the wall of the post's own zone.
export function shifted(local: string, { days, minutes }: Shift): string {
  const seconds = local.length > 16 ? local.slice(16) : '';
  const at = new Date(`${local.slice(0, 16)}:00Z`);
  at.setUTCMinutes(at.getUTCMinutes() + minutes);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 16) + (minutes ? '' : seconds);
}

// Where it will be seen, nearly: the server says it exactly.
export function movedEntry(entry: CalendarEntry, shift: Shift): CalendarEntry {
  const utc = new Date(entry.at.utc);
  utc.setDate(utc.getDate() + shift.days);
  utc.setMinutes(utc.getMinutes() + shift.minutes);
  return { ...entry, at: { ...entry.at, local: shifted(entry.at.local, shift), utc: utc.toISOString() } };
}

// What is out, or on its way out, keeps its time.
export const isMovable = (entry: CalendarEntry) => entry.state === 'draft' || entry.state === 'scheduled';

export const textOf = (entry: CalendarEntry) => entry.says ?? entry.text;
export const headOf = (entry: CalendarEntry) => entry.title || textOf(entry).split('\n')[0]!.trim();

export const networksOf = (entry: CalendarEntry, accounts: Map<string, TargetView>) => [
  ...new Set(entry.targets.map((id) => accounts.get(id)?.network).filter((n): n is string => !!n)),
];

// A tag's own colour, the same everywhere.
export function hueOf(tag: string): number {
  let sum = 0;
  for (const c of tag) sum = (sum * 31 + c.codePointAt(0)!) >>> 0;
  return (sum * 47) % 360;
}
