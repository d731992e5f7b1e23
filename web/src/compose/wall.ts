// Wall times: what a clock on the wall in some zone shows, without saying which moment that is.
import { locale } from '../i18n';

// The wall clock in a zone, as "2026-11-20T09:30".
export function wallClock(zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const get = (type: string) => parts.find((p) => p.type === type)!.value;
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}`;
}

// A wall time as it is written, whatever the zone.
export function wallText(local: string): string {
  const date = new Date(`${local.length === 16 ? `${local}:00` : local}Z`);
  const year = date.getUTCFullYear() !== new Date().getFullYear() ? 'numeric' : undefined;
  return new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year,
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(date);
}
