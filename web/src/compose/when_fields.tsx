import { useState, type ReactNode } from 'react';
import type { WhenResolved } from '../api/client';
import { locale, t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Field, inputClass } from '../kit/field';
import { Note } from '../kit/note';
import { relative, sameClock, shortTime, useNow, viewerZone, zoneShort } from '../kit/time';
import { isZone, ZoneInput } from '../kit/zone_input';
import { Calendar } from './calendar';
import type { WhenDraft } from './draft';
import { wallClock } from './wall';

function quickPicks(zone: string, now: number): { label: string; local: string }[] {
  const today = wallClock(zone, now).slice(0, 10);
  const tomorrow = wallClock(zone, now + 24 * 3600_000).slice(0, 10);
  const hour = wallClock(zone, now + 3600_000);
  const picks = [{ label: t('when.inHour'), local: hour }];
  if (wallClock(zone, now) < `${today}T17:30`) picks.push({ label: t('when.evening'), local: `${today}T18:00` });
  picks.push({ label: t('when.tomorrow'), local: `${tomorrow}T09:00` });
  return picks;
}

interface Props {
  at: WhenDraft | null;
  zone: string; // where a new time is meant
  known?: WhenResolved; // what the server makes of it
  onChange: (at: WhenDraft) => void;
  done?: (local: string, zone: string) => ReactNode;
  children?: ReactNode; // more to say about the time
}

// Day, time, zone and what they mean together.
export function WhenFields({ at, zone, known, onChange, done, children }: Props) {
  const now = useNow();
  const [typedZone, setTypedZone] = useState(at?.zone ?? zone);
  const used = isZone(typedZone) ? typedZone : (at?.zone ?? zone);
  const local = at?.local ?? wallClock(used, now + 3600_000);
  const [day, time] = [local.slice(0, 10), local.slice(11)];
  const set = (nextDay: string, nextTime: string) =>
    onChange({ local: `${nextDay}T${nextTime || '09:00'}`, zone: used });
  return (
    <div className="flex flex-col gap-5 sm:flex-row">
      <Calendar value={day} today={wallClock(used, now).slice(0, 10)} onChange={(d) => set(d, time)} />
      <div className="grid w-[287px] content-start gap-4 sm:w-60">
        <div className="flex flex-wrap gap-1.5">
          {quickPicks(used, now).map((pick) => (
            <Button key={pick.label} size="sm" onClick={() => onChange({ local: pick.local, zone: used })}>
              {pick.label}
            </Button>
          ))}
        </div>
        <Field label={t('when.time')}>
          {(ids) => (
            <input
              {...ids}
              type="time"
              value={time}
              onChange={(e) => e.target.value && set(day, e.target.value)}
              className={cx(inputClass, 'nums')}
            />
          )}
        </Field>
        <Field label={t('when.zone')} error={isZone(typedZone) ? null : t('when.zoneUnknown')}>
          {(ids) => (
            <ZoneInput
              {...ids}
              value={typedZone}
              onChange={(next) => {
                setTypedZone(next);
                if (isZone(next) && at) onChange({ ...at, zone: next });
              }}
            />
          )}
        </Field>
        {at && known && <Meaning at={at} known={known} now={now} />}
        {children}
        {done?.(local, used)}
      </div>
    </div>
  );
}

// What the chosen time means: relative, in the viewer's clock, and when the clocks change.
function Meaning({ at, known, now }: { at: WhenDraft; known: WhenResolved; now: number }) {
  const clock = at.local.slice(11, 16);
  const real = new Intl.DateTimeFormat(locale(), { hour: 'numeric', minute: '2-digit', timeZone: at.zone }).format(
    new Date(known.utc),
  );
  return (
    <div className="grid gap-2">
      <p className="text-[13px] text-ink-2">
        {relative(known.utc, now)} · {zoneShort(known.utc, at.zone)}
        {!sameClock(known.utc, at.zone, viewerZone) && (
          <span className="block text-ink-3">{t('when.yours', { time: shortTime(known.utc) })}</span>
        )}
      </p>
      {known.note === 'gap' && <Note tone="warn">{t('when.gap', { clock, real })}</Note>}
      {known.note === 'overlap' && (
        <Note tone="warn">{t('when.overlap', { clock, zone: zoneShort(known.utc, at.zone) })}</Note>
      )}
    </div>
  );
}
