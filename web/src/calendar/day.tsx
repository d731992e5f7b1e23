import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Chunks } from '../kit/chunks';
import { formatDay } from '../kit/days';
import { clockTime } from '../kit/time';
import { Card } from './card';
import { clock, type Entry } from './entries';
import { momentOf } from './range';
import { ClosedMark } from './closed';
import { Add, type ViewProps } from './parts';

const usual = Array.from({ length: 13 }, (_, i) => (8 + i) * 60); // full hours of a working day
const rowsInChunk = 24;
const rowHeight = 58;

// One day: the times that have posts, and the full hours of the day as places for new ones.
export function Day(props: ViewProps) {
  const { on, byDay, closed, today, canWrite } = props;
  const rows = new Map<number, Entry[]>();
  for (const minute of usual) rows.set(minute, []);
  for (const entry of byDay.get(on) ?? []) rows.set(entry.minute, [...(rows.get(entry.minute) ?? []), entry]);
  const times = [...rows.keys()].sort((a, b) => a - b);
  const now = new Date();
  const minuteNow = now.getHours() * 60 + now.getMinutes();
  const midnight = new Date(momentOf(on));
  const named = (minute: number) => {
    const at = new Date(midnight);
    at.setHours(Math.floor(minute / 60), minute % 60);
    return clockTime(at);
  };
  const row = (minute: number) => {
    const entries = rows.get(minute)!;
    const past = on < today || (on === today && minute <= minuteNow);
    return (
      <section
        key={minute}
        data-cell=""
        data-slot={`${on}T${clock(minute)}`}
        data-past={past || undefined}
        aria-label={entries.length ? t('calendar.dayLabel', { day: named(minute), n: entries.length }) : undefined}
        className={cx(
          'calendar-cell group flex min-h-14 gap-4 border-b border-line px-4 py-2 last:border-b-0',
          past ? 'calendar-past' : closed.has(on) && 'calendar-closed',
        )}
      >
        <span className={cx('nums w-14 shrink-0 pt-2 text-[13px]', entries.length ? 'font-semibold' : 'text-ink-3')}>
          {named(minute)}
        </span>
        <ul className="grid min-w-0 flex-1 grid-cols-[repeat(auto-fill,minmax(min(240px,100%),1fr))] gap-1.5">
          {entries.map((entry) => (
            <li key={entry.id} className="min-w-0">
              <Card
                entry={entry}
                accounts={props.accounts}
                campaign={entry.campaign ? props.campaigns.get(entry.campaign) : undefined}
                selected={props.selected.has(entry.id)}
                selecting={props.selecting}
                wide
              />
            </li>
          ))}
          {!entries.length && !past && canWrite && (
            <li>
              <Add day={on} time={clock(minute)} className="h-10 w-full px-2" />
            </li>
          )}
        </ul>
      </section>
    );
  };
  return (
    <div
      data-columns={1}
      aria-label={formatDay(on, { dateStyle: 'full' })}
      role="group"
      className="overflow-hidden rounded-[14px] border border-line bg-surface"
    >
      <ClosedMark day={on} closed={closed} className="border-b border-line px-4 py-2.5" />
      <Chunks items={times} size={rowsInChunk} height={rowHeight} render={(some) => some.map(row)} />
    </div>
  );
}
