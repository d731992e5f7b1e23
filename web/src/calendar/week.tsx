import { useEffect, useRef } from 'react';
import { locale, t } from '../i18n';
import { cx } from '../kit/cx';
import { formatDay } from '../kit/days';
import { clock, type Entry } from './entries';
import { ClosedMark } from './closed';
import { Add, Cards, type ViewProps } from './parts';

const perCell = 3;
const opening = 7; // the hour that is seen first
const hours = Array.from({ length: 24 }, (_, h) => h);

const hourName = (hour: number) =>
  new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(hour * 3600_000);

// Seven days, 24 hours.
export function Week(props: ViewProps) {
  const { days, byDay, closed, today, canWrite, onDay } = props;
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = scroller.current!.querySelector<HTMLElement>(`[data-hour="${opening}"]`)!;
    scroller.current!.scrollTop = row.offsetTop - 44;
  }, []);
  const now = new Date();
  const cells = new Map<string, Entry[]>();
  for (const day of days)
    for (const entry of byDay.get(day) ?? []) {
      const key = `${day}T${clock(entry.minute).slice(0, 2)}`;
      cells.set(key, [...(cells.get(key) ?? []), entry]);
    }
  return (
    <div
      ref={scroller}
      className="relative max-h-[calc(100dvh-var(--ribbon,0px)-116px)] min-h-96 overflow-auto rounded-[14px] border border-line bg-surface"
    >
      <div className="sticky top-0 z-10 grid min-w-[760px] grid-cols-[64px_repeat(7,minmax(0,1fr))] border-b border-line bg-raised">
        <span />
        {days.map((day) => (
          <button
            key={day}
            type="button"
            onClick={() => onDay(day)}
            aria-current={day === today ? 'date' : undefined}
            className={cx(
              'nums min-h-10.5 border-l border-line px-2.5 text-left text-[13px] font-medium hover:bg-sunken focus-inset',
              day === today ? 'font-semibold text-accent' : day < today ? 'text-ink-3' : 'text-ink-2',
            )}
          >
            {formatDay(day, { weekday: 'short', day: 'numeric' })}
            <ClosedMark day={day} closed={closed} />
          </button>
        ))}
      </div>
      <div data-columns={7} className="min-w-[760px]">
        {hours.map((hour) => (
          <div key={hour} data-hour={hour} className="grid grid-cols-[64px_repeat(7,minmax(0,1fr))] border-b border-line last:border-b-0">
            <span className="nums px-2.5 pt-1.5 text-right text-[12px] text-ink-3">{hourName(hour)}</span>
            {days.map((day) => {
              const time = clock(hour * 60);
              const slot = `${day}T${time.slice(0, 2)}`;
              const entries = cells.get(slot) ?? [];
              const past = day < today || (day === today && hour < now.getHours());
              const name = `${formatDay(day, { weekday: 'long', day: 'numeric', month: 'long' })}, ${hourName(hour)}`;
              return (
                <section
                  key={day}
                  data-cell=""
                  data-slot={slot}
                  data-past={past || undefined}
                  aria-label={entries.length ? t('calendar.dayLabel', { day: name, n: entries.length }) : undefined}
                  className={cx(
                    'calendar-cell group relative min-h-12 min-w-0 border-l border-line p-1',
                    past ? 'calendar-past' : closed.has(day) && 'calendar-closed',
                  )}
                >
                  <Cards entries={entries} most={perCell} view={props} more={name} />
                  {!past && canWrite && entries.length === 0 && (
                    <Add day={day} time={time} className="absolute inset-1 justify-center" />
                  )}
                </section>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
