import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type SlotDay, type Slots } from '../api/client';
import { slotsQuery } from '../api/queries';
import { locale, t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Waiting } from '../kit/empty';
import { inputClass, Select } from '../kit/field';
import { Trouble } from '../kit/note';
import { clockTime, zoneCity } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';

type Weekday = SlotDay['weekday'];
const weekdays: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
// 5 January 1970 was a Monday.
const dayName = (weekday: Weekday, form: 'long' | 'short' = 'long') =>
  new Intl.DateTimeFormat(locale(), { weekday: form, timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, 0, 5 + weekdays.indexOf(weekday))),
  );
const timeText = (time: string) => clockTime(`1970-01-01T${time}Z`, 'UTC');

type Where = 'every' | 'weekdays' | 'weekend' | Weekday;
const meant = (where: Where, day: Weekday) =>
  where === 'every' ||
  where === day ||
  (where === 'weekdays' && weekdays.indexOf(day) < 5) ||
  (where === 'weekend' && weekdays.indexOf(day) > 4);

interface Props {
  account: string;
  name: string;
  onClose: () => void;
}

export function SlotsDialog({ account, name, onClose }: Props) {
  const slots = useQuery(slotsQuery(account));
  if (slots.data) return <Editor key={account} account={account} name={name} start={slots.data} onClose={onClose} />;
  return (
    <Dialog title={t('slots.title', { name })} onClose={onClose} wide>
      {slots.error ? <Trouble error={slots.error} /> : <Waiting rows={4} height="h-10" label={t('loading')} />}
    </Dialog>
  );
}

function Editor({ account, name, start, onClose }: Props & { start: Slots }) {
  const queries = useQueryClient();
  const [days, setDays] = useState(start.days);
  const path = { params: { path: { id: account } } };
  const save = useMutation({
    mutationFn: (usual: boolean) =>
      ask(
        usual
          ? api.DELETE('/api/v1/accounts/{id}/slots', path)
          : api.PUT('/api/v1/accounts/{id}/slots', { ...path, body: { days } }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['slots'] });
      void queries.invalidateQueries({ queryKey: ['queue'] });
      toastDone(t('slots.saved'));
      onClose();
    },
    onError: toastError,
  });
  const edit = (change: (day: SlotDay) => string[]) =>
    setDays(days.map((day) => ({ ...day, times: [...new Set(change(day))].sort() })));
  return (
    <Dialog
      title={t('slots.title', { name })}
      onClose={onClose}
      wide
      footer={
        <>
          {!start.usual && (
            <Button look="plain" className="mr-auto" onClick={() => save.mutate(true)}>
              {t('slots.usual')}
            </Button>
          )}
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" busy={save.isPending} onClick={() => save.mutate(false)}>
            {t('save')}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">{t('slots.lead', { city: zoneCity(start.zone) })}</p>
      <AddTime onAdd={(time, where) => edit((day) => (meant(where, day.weekday) ? [...day.times, time] : day.times))} />
      <ul className="mt-4 divide-y divide-line">
        {days.map((day) => (
          <li key={day.weekday} className="flex min-h-12 items-start gap-3 py-2">
            <span className="w-24 shrink-0 pt-1.5 text-sm font-medium">{dayName(day.weekday)}</span>
            <span className="flex min-w-0 flex-1 flex-wrap gap-1.5">
              {day.times.length === 0 && <span className="pt-1.5 text-sm text-ink-3">{t('slots.none')}</span>}
              {day.times.map((time) => (
                <button
                  key={time}
                  type="button"
                  aria-label={t('slots.remove', { time: timeText(time), day: dayName(day.weekday) })}
                  onClick={() =>
                    edit((d) => (d.weekday === day.weekday ? d.times.filter((each) => each !== time) : d.times))
                  }
                  className="nums inline-flex h-8 items-center gap-1.5 rounded-full bg-accent-soft pr-2 pl-3 text-sm font-medium text-accent hover:brightness-97"
                >
                  {timeText(time)}
                  <X size={13} aria-hidden />
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function AddTime({ onAdd }: { onAdd: (time: string, where: Where) => void }) {
  const [time, setTime] = useState('10:00');
  const [where, setWhere] = useState<Where>('weekdays');
  const places: { value: Where; label: string }[] = [
    { value: 'every', label: t('slots.every') },
    { value: 'weekdays', label: t('slots.weekdays') },
    { value: 'weekend', label: t('slots.weekend') },
    ...weekdays.map((day) => ({ value: day as Where, label: dayName(day) })),
  ];
  return (
    <form
      className="mt-4 flex flex-wrap items-end gap-2"
      onSubmit={(e) => {
        e.preventDefault();
        if (time) onAdd(time, where);
      }}
    >
      <label className="grid gap-1.5 text-sm font-medium">
        {t('when.time')}
        <input
          type="time"
          required
          data-first
          value={time}
          onChange={(e) => setTime(e.target.value)}
          className={cx(inputClass, 'nums w-32')}
        />
      </label>
      <label className="grid gap-1.5 text-sm font-medium">
        {t('slots.addTo')}
        <Select
          value={where}
          options={places}
          onChange={(e) => setWhere(e.target.value as Where)}
          className="w-auto min-w-44"
        />
      </label>
      <Button type="submit" icon={Plus} className="h-10.5">
        {t('slots.add')}
      </Button>
    </form>
  );
}
