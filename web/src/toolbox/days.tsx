import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarOff, Pencil, Repeat2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, ask, Problem } from '../api/client';
import { accountsQuery } from '../api/queries';
import { locale, t } from '../i18n';
import { IconButton } from '../kit/button';
import { Chip } from '../kit/chip';
import { utcOf } from '../kit/days';
import { Dialog } from '../kit/dialog';
import { Field, inputClass, Select, TextField } from '../kit/field';
import { toastDone, toastError } from '../kit/toast';
import { blackoutsQuery, type Blackout } from './read';
import { Shelf, ShelfForm } from './shelf';
import { Check } from './links';

// "24–26 December 2026"; those of every year without the year.
export function daysText(first: string, last: string, yearly: boolean): string {
  const format = new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'long',
    ...(!yearly && { year: 'numeric' }),
    timeZone: 'UTC',
  });
  return first === last ? format.format(utcOf(first)) : format.formatRange(utcOf(first), utcOf(last));
}

export function Days({ canWrite }: { canWrite: boolean }) {
  const days = useQuery(blackoutsQuery);
  const [editing, setEditing] = useState<Blackout | 'new' | null>(null);
  return (
    <Shelf
      label={t('toolbox.days')}
      lead={t('days.lead')}
      add={t('days.new')}
      empty={{ title: t('days.emptyTitle'), text: t('days.emptyText') }}
      rows={days.data?.map((each) => (
        <Row key={each.id} blackout={each} canWrite={canWrite} onEdit={() => setEditing(each)} />
      ))}
      error={days.error}
      canWrite={canWrite}
      onAdd={() => setEditing('new')}
    >
      {editing && <DaysDialog blackout={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />}
    </Shelf>
  );
}

type Input = Pick<Blackout, 'first' | 'last' | 'yearly' | 'reason' | 'account'>;
const bodyOf = ({ first, last, yearly, reason, account }: Input) => ({
  first,
  last: last || first,
  yearly,
  reason,
  account,
});

function Row({ blackout, canWrite, onEdit }: { blackout: Blackout; canWrite: boolean; onEdit: () => void }) {
  const queries = useQueryClient();
  const accounts = useQuery(accountsQuery).data ?? [];
  const whose = accounts.find((a) => a.id === blackout.account);
  const days = daysText(blackout.first, blackout.last, blackout.yearly);
  const again = () => {
    void queries.invalidateQueries({ queryKey: ['blackouts'] });
    void queries.invalidateQueries({ queryKey: ['queue'] });
  };
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/blackouts/{id}', { params: { path: { id: blackout.id } } })),
    onSuccess: () =>
      toastDone(t('days.removed'), {
        label: t('undo'),
        run: () => void ask(api.POST('/api/v1/blackouts', { body: bodyOf(blackout) })).then(again, toastError),
      }),
    onError: toastError,
    onSettled: again,
  });
  return (
    <li className="flex items-start gap-3 px-4 py-3.5 sm:px-5">
      <CalendarOff size={18} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="font-semibold">{days}</span>
          {blackout.yearly && <Chip icon={Repeat2}>{t('days.every')}</Chip>}
        </p>
        <p className="mt-0.5 text-sm text-ink-2">
          {[blackout.reason, blackout.account ? whose?.name : t('days.everybody')].filter(Boolean).join(' · ')}
        </p>
      </div>
      {canWrite && (
        <span className="-my-1 -mr-2 flex">
          <IconButton icon={Pencil} size={16} label={t('days.edit', { days })} onClick={onEdit} />
          <IconButton icon={Trash2} size={16} label={t('days.remove', { days })} onClick={() => remove.mutate()} />
        </span>
      )}
    </li>
  );
}

function DaysDialog({ blackout, onClose }: { blackout?: Blackout; onClose: () => void }) {
  const queries = useQueryClient();
  const accounts = useQuery(accountsQuery).data?.filter((a) => a.hold !== 'disconnected') ?? [];
  const [input, setInput] = useState<Input>(
    blackout ?? { first: '', last: '', yearly: false, reason: '', account: null },
  );
  const set = (change: Partial<Input>) => setInput({ ...input, ...change });
  const save = useMutation({
    mutationFn: () =>
      ask(
        blackout
          ? api.PUT('/api/v1/blackouts/{id}', { params: { path: { id: blackout.id } }, body: bodyOf(input) })
          : api.POST('/api/v1/blackouts', { body: bodyOf(input) }),
      ),
    onSuccess: () => {
      toastDone(t('days.saved'));
      void queries.invalidateQueries({ queryKey: ['blackouts'] });
      void queries.invalidateQueries({ queryKey: ['queue'] });
      onClose();
    },
  });
  const problem = save.error instanceof Problem ? save.error : null;
  const told = problem?.fieldError('first') || problem?.fieldError('last');
  return (
    <Dialog
      title={blackout ? t('days.edit', { days: daysText(blackout.first, blackout.last, blackout.yearly) }) : t('days.new')}
      onClose={onClose}
    >
      <ShelfForm
        error={told ? null : save.error}
        busy={save.isPending}
        onSave={() => save.mutate()}
        onClose={onClose}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('days.first')} error={problem?.fieldError('first')}>
            {(ids) => (
              <input
                {...ids}
                type="date"
                required
                data-first
                value={input.first}
                onChange={(e) => set({ first: e.target.value })}
                className={`${inputClass} nums`}
              />
            )}
          </Field>
          <Field label={t('days.last')} hint={t('days.lastHint')} error={problem?.fieldError('last')}>
            {(ids) => (
              <input
                {...ids}
                type="date"
                min={input.first}
                value={input.last === input.first && !blackout ? '' : input.last}
                onChange={(e) => set({ last: e.target.value })}
                className={`${inputClass} nums`}
              />
            )}
          </Field>
        </div>
        <TextField
          label={t('days.reason')}
          placeholder={t('days.reasonExample')}
          maxLength={200}
          value={input.reason}
          onChange={(e) => set({ reason: e.target.value })}
        />
        <Field label={t('days.whose')}>
          {(ids) => (
            <Select
              {...ids}
              value={input.account ?? ''}
              onChange={(e) => set({ account: e.target.value || null })}
              options={[
                { value: '', label: t('days.everybody') },
                ...accounts.map((a) => ({ value: a.id, label: `${a.name} (${a.network})` })),
              ]}
            />
          )}
        </Field>
        <Check label={t('days.yearly')} checked={input.yearly} onChange={(yearly) => set({ yearly })} />
      </ShelfForm>
    </Dialog>
  );
}
