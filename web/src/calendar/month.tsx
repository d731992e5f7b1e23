import { cx } from '../kit/cx';
import { formatDay } from '../kit/days';
import { t } from '../i18n';
import { ClosedMark } from './closed';
import { Add, Cards, type ViewProps } from './parts';

const perCell = 3;
const newAt = '09:00';

// Weeks of days; each day shows a few posts and how many more there are.
export function Month(props: ViewProps) {
  const { days, byDay, closed, today, on, canWrite, onDay } = props;
  // Weeks that are over and were empty need no room.
  const quiet = new Set(
    Array.from({ length: days.length / 7 }, (_, week) => week).filter((week) =>
      days.slice(week * 7, week * 7 + 7).every((day) => day < today && !byDay.has(day)),
    ),
  );
  return (
    <div className="overflow-hidden rounded-[14px] border border-line bg-surface">
      <div aria-hidden className="grid grid-cols-7 border-b border-line bg-raised text-[12px] font-medium text-ink-3">
        {days.slice(0, 7).map((day) => (
          <span key={day} className="px-2.5 py-1.5">
            {formatDay(day, { weekday: 'short' })}
          </span>
        ))}
      </div>
      <div data-columns={7} className="grid grid-cols-7 gap-px bg-line">
        {days.map((day, i) => {
          const entries = byDay.get(day) ?? [];
          const past = day < today;
          const gone = quiet.has(Math.floor(i / 7));
          const name = formatDay(day, { weekday: 'long', day: 'numeric', month: 'long' });
          return (
            <section
              key={day}
              data-cell=""
              data-slot={day}
              data-past={past || undefined}
              aria-label={t('calendar.dayLabel', { day: name, n: entries.length })}
              className={cx(
                'calendar-cell group relative flex min-w-0 flex-col gap-0.5 p-1.5',
                gone ? 'min-h-14' : 'min-h-[124px]',
                past ? 'calendar-past' : closed.has(day) ? 'calendar-closed' : 'bg-surface',
              )}
            >
              <div className="flex h-6 items-center">
                <button
                  type="button"
                  tabIndex={-1}
                  aria-current={day === today ? 'date' : undefined}
                  onClick={() => onDay(day)}
                  className={cx(
                    'nums grid h-6 min-w-6 place-items-center rounded-full px-1.5 text-[12.5px] font-medium hover:bg-sunken',
                    day === today
                      ? 'bg-accent-fill text-on-accent hover:bg-accent-fill-2'
                      : day.slice(0, 7) === on.slice(0, 7)
                        ? 'text-ink-2'
                        : 'text-ink-3',
                  )}
                >
                  {day.slice(8) === '01' ? formatDay(day, { day: 'numeric', month: 'short' }) : Number(day.slice(8))}
                  <span className="sr-only">, {t('calendar.openDay', { day: name })}</span>
                </button>
                {!past && canWrite && <Add day={day} time={newAt} className="ml-auto h-6 px-1.5" />}
              </div>
              <ClosedMark day={day} closed={closed} className="px-1.5 pb-0.5" />
              <Cards entries={entries} most={perCell} view={props} more={name} />
            </section>
          );
        })}
      </div>
    </div>
  );
}
