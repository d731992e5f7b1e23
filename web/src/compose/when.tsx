import { CalendarClock, ChevronUp, Repeat2, X } from 'lucide-react';
import type { LatePolicy, WhenResolved } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Field, Select } from '../kit/field';
import { Popover } from '../kit/popover';
import { fullTime, sameClock, viewerZone, zoneCity } from '../kit/time';
import type { WhenDraft } from './draft';
import type { Repeat } from './repeat';
import { RepeatFields } from './repeat_fields';
import { wallText } from './wall';
import { WhenFields } from './when_fields';

interface Props {
  at: WhenDraft | null;
  resolved: WhenResolved | null | undefined; // of the last check
  zone: string; // where a new time is meant
  open: boolean;
  onOpen: (open: boolean) => void;
  onChange: (at: WhenDraft | null) => void;
  late: LatePolicy['then'];
  onLate: (then: LatePolicy['then']) => void;
  repeat?: Repeat; // none: it repeats already, or cannot
  onRepeat: (repeat: Repeat) => void;
}

const lates = ['ask', 'skip', 'next_slot'] as const;

// The date-time pill: when it goes out, where that clock hangs, and what is odd about it.
export function When({ at, resolved, zone, open, onOpen, onChange, late, onLate, repeat, onRepeat }: Props) {
  const known =
    resolved && at && resolved.local.startsWith(at.local.slice(0, 16)) && resolved.zone === at.zone
      ? resolved
      : undefined;
  const foreign = at && at.zone !== viewerZone && (!known || !sameClock(known.utc, at.zone, viewerZone));
  const odd = known?.note === 'gap' || known?.note === 'overlap';
  return (
    <span className="inline-flex min-w-0 items-center">
      <Popover
        label={t('when.title')}
        open={open}
        onOpenChange={onOpen}
        side="top"
        trigger={
          <button
            type="button"
            title={
              known
                ? t('when.exact', {
                    time: fullTime(known.utc),
                    utc: known.utc.replace('T', ' ').replace(/(\.\d+)?Z$/, ''),
                  })
                : undefined
            }
            className={cx(
              'inline-flex h-9.5 min-w-0 items-center gap-2 rounded-full border px-3.5 text-sm font-medium transition-colors',
              at
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-dashed border-control text-ink-2 hover:text-ink hover:border-ink-3',
              odd && 'border-warn bg-warn-soft text-warn',
              at && 'rounded-r-none border-r-0 pr-2',
            )}
          >
            <CalendarClock size={16} aria-hidden className="shrink-0" />
            <span className="truncate">{at ? wallText(at.local) : t('when.pick')}</span>
            {at && repeat && repeat.often !== 'never' && (
              <Repeat2 size={15} role="img" aria-label={t('repeat.label')} className="shrink-0" />
            )}
            {foreign && <span className="hidden truncate font-normal opacity-90 sm:inline">{zoneCity(at.zone)}</span>}
            {!at && <ChevronUp size={14} aria-hidden />}
          </button>
        }
      >
        <WhenFields
          at={at}
          zone={zone}
          known={known}
          onChange={onChange}
          done={(local, used) => (
            <Button look="primary" onClick={() => (at || onChange({ local, zone: used }), onOpen(false))}>
              {t('when.use')}
            </Button>
          )}
        >
          {at && (
            <Field label={t('when.late')}>
              {(ids) => (
                <Select
                  {...ids}
                  value={late}
                  onChange={(e) => onLate(e.target.value as LatePolicy['then'])}
                  options={lates.map((then) => ({ value: then, label: t(`when.late.${then}`) }))}
                />
              )}
            </Field>
          )}
          {at && repeat && <RepeatFields repeat={repeat} local={at.local} onChange={onRepeat} />}
        </WhenFields>
      </Popover>
      {at && (
        <button
          type="button"
          aria-label={t('when.clear')}
          onClick={() => onChange(null)}
          className={cx(
            'grid h-9.5 w-9 place-items-center rounded-r-full border border-l-0 pr-1',
            odd ? 'border-warn bg-warn-soft text-warn' : 'border-accent bg-accent-soft text-accent',
          )}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
