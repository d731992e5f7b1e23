import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../i18n';
import { IconButton } from '../kit/button';
import { cx } from '../kit/cx';
import { addDays, addMonths, formatDay, monthStart, weekStart } from '../kit/days';

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
  const first = monthStart(focus);
  const days = Array.from({ length: 42 }, (_, i) => addDays(weekStart(first), i));
  const go = (day: string) => {
    setFocus(day);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLButtonElement>(`[data-day="${day}"]`)?.focus());
  };
  const onKey = (e: KeyboardEvent) => {
    const steps: Record<string, () => string> = {
      ArrowLeft: () => addDays(focus, -1),
      ArrowRight: () => addDays(focus, 1),
      ArrowUp: () => addDays(focus, -7),
      ArrowDown: () => addDays(focus, 7),
      PageUp: () => addMonths(focus, -1),
      PageDown: () => addMonths(focus, 1),
    };
    const step = steps[e.key];
    if (!step) return;
    e.preventDefault();
    go(step());
  };
  return (
    <div className="w-[287px]">
      <div className="mb-2 flex items-center justify-between">
        <IconButton icon={ChevronLeft} label={t('when.before')} onClick={() => setFocus(addMonths(focus, -1))} />
        <p aria-live="polite" className="text-sm font-semibold">
          {formatDay(first, { month: 'long', year: 'numeric' })}
        </p>
        <IconButton icon={ChevronRight} label={t('when.after')} onClick={() => setFocus(addMonths(focus, 1))} />
      </div>
      <div aria-hidden className="grid grid-cols-7 pb-1 text-center text-[11.5px] font-medium text-ink-3">
        {days.slice(0, 7).map((day) => (
          <span key={day}>{formatDay(day, { weekday: 'short' })}</span>
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
              aria-label={formatDay(day, { weekday: 'long', day: 'numeric', month: 'long' })}
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
