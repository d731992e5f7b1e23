import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { locale, t } from '../i18n';
import { IconButton } from '../kit/button';
import { cx } from '../kit/cx';

// Days are "2026-11-20" and are reckoned in UTC here, where each has 24 hours.
const dayMs = 24 * 3600 * 1000;
const at = (day: string) => new Date(`${day}T00:00:00Z`);
const name = (date: Date) => date.toISOString().slice(0, 10);
const plus = (day: string, n: number) => name(new Date(at(day).getTime() + n * dayMs));
const plusMonths = (day: string, n: number) => {
  const date = at(day);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n + 1, 0));
  return name(
    new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date.getUTCDate(), last.getUTCDate()))),
  );
};

function firstWeekday(): number {
  const info = new Intl.Locale(locale()) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1; // 1 = Monday … 7 = Sunday
}

// A month to choose a day from. Arrows move by day and week, PageUp and PageDown by month.
export function Calendar({
  value,
  today,
  onChange,
}: {
  value: string;
  today: string;
  onChange: (day: string) => void;
}) {
  const [focus, setFocus] = useState(value);
  const grid = useRef<HTMLDivElement>(null);
  const first = `${focus.slice(0, 7)}-01`;
  const lead = (at(first).getUTCDay() + 7 - (firstWeekday() % 7)) % 7;
  const days = Array.from({ length: 42 }, (_, i) => plus(first, i - lead));
  const go = (day: string) => {
    setFocus(day);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLButtonElement>(`[data-day="${day}"]`)?.focus());
  };
  const onKey = (e: KeyboardEvent) => {
    const steps: Record<string, () => string> = {
      ArrowLeft: () => plus(focus, -1),
      ArrowRight: () => plus(focus, 1),
      ArrowUp: () => plus(focus, -7),
      ArrowDown: () => plus(focus, 7),
      PageUp: () => plusMonths(focus, -1),
      PageDown: () => plusMonths(focus, 1),
    };
    const step = steps[e.key];
    if (!step) return;
    e.preventDefault();
    go(step());
  };
  const format = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(at(day));
  return (
    <div className="w-[287px]">
      <div className="mb-2 flex items-center justify-between">
        <IconButton icon={ChevronLeft} label={t('when.before')} onClick={() => setFocus(plusMonths(focus, -1))} />
        <p aria-live="polite" className="text-sm font-semibold">
          {format(first, { month: 'long', year: 'numeric' })}
        </p>
        <IconButton icon={ChevronRight} label={t('when.after')} onClick={() => setFocus(plusMonths(focus, 1))} />
      </div>
      <div aria-hidden className="grid grid-cols-7 pb-1 text-center text-[11.5px] font-medium text-ink-3">
        {days.slice(0, 7).map((day) => (
          <span key={day}>{format(day, { weekday: 'short' })}</span>
        ))}
      </div>
      <div ref={grid} role="group" aria-label={t('when.day')} onKeyDown={onKey} className="grid grid-cols-7 gap-px">
        {days.map((day) => {
          const chosen = day === value;
          const outside = day.slice(0, 7) !== first.slice(0, 7);
          return (
            <button
              key={day}
              type="button"
              data-day={day}
              tabIndex={day === focus ? 0 : -1}
              disabled={day < today}
              data-first={chosen || undefined}
              aria-pressed={chosen}
              aria-label={format(day, { weekday: 'long', day: 'numeric', month: 'long' })}
              aria-current={day === today ? 'date' : undefined}
              onClick={() => {
                setFocus(day);
                onChange(day);
              }}
              className={cx(
                'nums mx-auto grid size-10 place-items-center rounded-full text-sm transition-colors focus-inset',
                chosen ? 'bg-accent-fill font-semibold text-on-accent' : 'hover:bg-sunken',
                !chosen && day === today && 'font-bold text-accent',
                !chosen && (outside || day < today) && 'text-ink-3',
                day < today && 'line-through opacity-50',
              )}
            >
              {Number(day.slice(8))}
            </button>
          );
        })}
      </div>
    </div>
  );
}
