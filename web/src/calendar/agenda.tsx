import { t } from '../i18n';
import { cx } from '../kit/cx';
import { formatDay } from '../kit/days';
import { postSign } from '../posts/state';
import type { Entry } from './entries';
import { List } from './list';
import { ClosedMark, closedText, reasonOf } from './closed';
import type { ViewProps } from './parts';

const dots: Record<string, string> = {
  bad: 'bg-bad-fill',
  warn: 'bg-[light-dark(#c98a14,#e9b44c)]',
  ok: 'bg-[light-dark(#2c9a5b,#4fbd7f)]',
  plain: 'bg-line-strong',
  accent: 'bg-accent-fill',
  info: 'bg-info',
};

interface Props {
  view: ViewProps;
  onToggle: (id: string) => void;
}

// The calendar of a narrow screen: a small month to choose a day from, and what is on from that day.
export function Agenda({ view, onToggle }: Props) {
  const { days, byDay, closed, today, on, onDay } = view;
  const month = on.slice(0, 7);
  const entries = days.filter((day) => day >= on && day.slice(0, 7) === month).flatMap((day) => byDay.get(day) ?? []);
  return (
    <>
      <div className="card p-2">
        <div aria-hidden className="grid grid-cols-7 pb-1 text-center text-[11px] font-medium text-ink-3">
          {days.slice(0, 7).map((day) => (
            <span key={day}>{formatDay(day, { weekday: 'narrow' })}</span>
          ))}
        </div>
        <div role="group" aria-label={t('when.day')} className="grid grid-cols-7">
          {days.map((day) => {
            const posts = byDay.get(day) ?? [];
            return (
              <button
                key={day}
                type="button"
                aria-pressed={day === on}
                aria-current={day === today ? 'date' : undefined}
                aria-label={t('calendar.dayLabel', {
                  day: formatDay(day, { weekday: 'long', day: 'numeric', month: 'long' }),
                  n: posts.length,
                })}
                onClick={() => onDay(day)}
                className={cx(
                  'nums mx-auto grid h-11 w-full max-w-12 content-center justify-items-center rounded-lg text-[13.5px] focus-inset',
                  day === on ? 'bg-accent-fill font-semibold text-on-accent' : day === today && 'font-bold text-accent',
                  day !== on && day.slice(0, 7) !== month && 'text-ink-3',
                  day !== on && closed.has(day) && 'calendar-closed',
                )}
              >
                {Number(day.slice(8))}
                {closed.has(day) && <span className="sr-only">, {closedText(reasonOf(closed, day)!)}</span>}
                <span aria-hidden className="flex h-1.5 gap-[3px]">
                  {tones(posts).map((tone, i) => (
                    <span key={i} className={cx('size-1.5 rounded-full', day === on ? 'bg-on-accent' : dots[tone])} />
                  ))}
                </span>
              </button>
            );
          })}
        </div>
      </div>
      <ClosedMark day={on} closed={closed} className="px-2 pt-4" />
      {entries.length ? (
        <List entries={entries} view={view} onToggle={onToggle} />
      ) : (
        <p className="px-2 py-10 text-center text-ink-2">
          {t('calendar.nothingFrom', { day: formatDay(on, { day: 'numeric', month: 'long' }) })}
        </p>
      )}
    </>
  );
}

// At most three dots: what wants attention first.
const order = ['bad', 'warn', 'info', 'accent', 'ok', 'plain'];
const tones = (posts: Entry[]) =>
  [...new Set(posts.map((post) => postSign(post).tone))].sort((a, b) => order.indexOf(a) - order.indexOf(b)).slice(0, 3);
