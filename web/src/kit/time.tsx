// Times as people read them: in the viewer's language and zone, with the post's or account's zone beside it when
// that is another one; relative, with the absolute time at hand.
import { useSyncExternalStore } from 'react';
import { locale, t } from '../i18n';

export const viewerZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
function subscribe(listener: () => void) {
  listeners.add(listener);
  if (!timer) {
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      listeners.forEach((each) => each());
    }, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
// The current time, moving once a second for everybody together.
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

const format = (at: Date, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale(), options).format(at);

export const clockTime = (at: string | Date, zone?: string) =>
  format(new Date(at), { hour: 'numeric', minute: '2-digit', timeZone: zone });
export const clockSeconds = (at: string | Date, zone?: string) =>
  format(new Date(at), { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZone: zone });
export const dayName = (at: string | Date, zone?: string) =>
  format(new Date(at), { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone });
export const fullTime = (at: string | Date, zone?: string) =>
  format(new Date(at), { dateStyle: 'full', timeStyle: 'long', timeZone: zone });
// "Fri, 20 Nov, 09:30", with the year when it is not this one.
export function shortTime(at: string | Date, zone?: string): string {
  const date = new Date(at);
  const other = date.getFullYear() !== new Date().getFullYear();
  return format(date, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: other ? 'numeric' : undefined,
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  });
}
export function zoneShort(at: string | Date, zone: string): string {
  const parts = new Intl.DateTimeFormat(locale(), { timeZone: zone, timeZoneName: 'short' }).formatToParts(
    new Date(at),
  );
  return parts.find((p) => p.type === 'timeZoneName')?.value ?? zone;
}
export const zoneCity = (zone: string) => zone.split('/').pop()!.replaceAll('_', ' ');

// Whether two zones show the same clock at that moment.
export const sameClock = (at: string | Date, a: string, b: string) => shortTime(at, a) === shortTime(at, b);

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];
export function relative(at: string | Date, from: number): string {
  const seconds = Math.round((new Date(at).getTime() - from) / 1000);
  const [unit, size] = steps.find(([, s]) => Math.abs(seconds) >= s) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}
// "0:42", "12:05", "3:04:10" until then; from two days on "12 days": nobody counts hours that far.
export function countdown(at: string | Date, from: number): string {
  const left = Math.max(0, Math.ceil((new Date(at).getTime() - from) / 1000));
  const [h, m, s] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  if (h >= 48)
    return new Intl.NumberFormat(locale(), { style: 'unit', unit: 'day', unitDisplay: 'short' }).format(Math.floor(h / 24));
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export const Ago = ({ at }: { at: string }) => (
  <time dateTime={at} title={fullTime(at)}>
    {relative(at, useNow())}
  </time>
);

// A moment; with the clock of `zone` beside it when the viewer's shows something else.
export function At({ at, zone, long }: { at: string; zone?: string; long?: boolean }) {
  const other = zone && !sameClock(at, zone, viewerZone);
  return (
    <time dateTime={at} title={fullTime(at)}>
      {long ? fullTime(at) : shortTime(at)}
      {other && (
        <span className="text-ink-3">
          {' · '}
          {t('time.inZone', { time: shortTime(at, zone), city: zoneCity(zone) })}
        </span>
      )}
    </time>
  );
}

export const Countdown = ({ to }: { to: string }) => (
  <time dateTime={to} title={fullTime(to)} className="font-medium">
    {countdown(to, useNow())}
  </time>
);
