import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Braces, ChevronDown, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, ask, Problem } from '../api/client';
import { accountsQuery } from '../api/queries';
import { t } from '../i18n';
import { IconButton } from '../kit/button';
import { Confirm, Dialog } from '../kit/dialog';
import { Field, inputClass, TextField } from '../kit/field';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import { variablesQuery, type BuiltIn, type Variable } from './read';
import { Shelf, ShelfForm } from './shelf';

export const written = (name: string) => `{{${name}}}`;

export function Variables({ canWrite }: { canWrite: boolean }) {
  const all = useQuery(variablesQuery);
  const [editing, setEditing] = useState<Variable | 'new' | null>(null);
  return (
    <Shelf
      label={t('toolbox.variables')}
      lead={t('vars.lead', { example: written('shop_hours') })}
      add={t('vars.new')}
      empty={{ title: t('vars.emptyTitle'), text: t('vars.emptyText') }}
      rows={all.data?.items?.map((one) => (
        <Row key={one.name} variable={one} canWrite={canWrite} onEdit={() => setEditing(one)} />
      ))}
      error={all.error}
      canWrite={canWrite}
      onAdd={() => setEditing('new')}
    >
      {all.data && <BuiltIns items={all.data.built_in} />}
      {editing && <VariableDialog variable={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />}
    </Shelf>
  );
}

function Row({ variable, canWrite, onEdit }: { variable: Variable; canWrite: boolean; onEdit: () => void }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const name = written(variable.name);
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/variables/{name}', { params: { path: { name: variable.name } } })),
    onSuccess: () => toastDone(t('vars.removed')),
    onError: toastError,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['variables'] }),
  });
  return (
    <li className="flex items-start gap-3 px-4 py-3.5 sm:px-5">
      <Braces size={18} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <h3 className="font-semibold">{name}</h3>
        <p className="mt-0.5 line-clamp-3 text-sm break-words whitespace-pre-wrap text-ink-2">{variable.text}</p>
        {variable.own.length > 0 && (
          <p className="mt-0.5 text-[13px] text-ink-3">{t('vars.ownCount', { n: variable.own.length })}</p>
        )}
      </div>
      {canWrite && (
        <span className="-my-1 -mr-2 flex">
          <IconButton icon={Pencil} size={16} label={t('vars.edit', { name })} onClick={onEdit} />
          <IconButton icon={Trash2} size={16} label={t('vars.remove', { name })} onClick={() => setAsking(true)} />
        </span>
      )}
      {asking && (
        <Confirm
          title={t('vars.removeTitle', { name })}
          action={t('vars.remove', { name })}
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        >
          {t('vars.removeText')}
        </Confirm>
      )}
    </li>
  );
}

function BuiltIns({ items }: { items: BuiltIn[] }) {
  return (
    <section className="mt-8">
      <h2 className="font-semibold">{t('vars.builtIn')}</h2>
      <p className="text-sm text-ink-3">{t('vars.builtInText')}</p>
      <dl className="card mt-3 divide-y divide-line">
        {items.map((one) => (
          <div key={one.name} className="grid gap-x-4 px-4 py-2.5 text-sm sm:grid-cols-[13rem_minmax(0,1fr)] sm:px-5">
            <dt className="font-medium">{written(one.name)}</dt>
            <dd className="text-ink-2">
              {one.help} <span className="text-ink-3">({t('vars.example', { example: one.example })})</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function VariableDialog({ variable, onClose }: { variable?: Variable; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(variable?.name ?? '');
  const [text, setText] = useState(variable?.text ?? '');
  const [own, setOwn] = useState<Record<string, string>>(
    Object.fromEntries((variable?.own ?? []).map((each) => [each.account, each.text])),
  );
  const save = useMutation({
    mutationFn: () =>
      ask(
        api.PUT('/api/v1/variables/{name}', {
          params: { path: { name: name.trim() } },
          body: {
            text,
            own: Object.entries(own).flatMap(([account, said]) => (said ? [{ account, text: said }] : [])),
          },
        }),
      ),
    onSuccess: () => {
      toastDone(t('vars.saved'));
      void queries.invalidateQueries({ queryKey: ['variables'] });
      onClose();
    },
  });
  const problem = save.error instanceof Problem ? save.error : null;
  const told = problem?.fieldError('name') || problem?.fieldError('text');
  return (
    <Dialog title={variable ? t('vars.edit', { name: written(variable.name) }) : t('vars.new')} onClose={onClose} wide>
      <ShelfForm
        error={told ? null : save.error}
        busy={save.isPending}
        onSave={() => save.mutate()}
        onClose={onClose}
      >
        <TextField
          label={t('vars.name')}
          hint={t('vars.nameHint')}
          value={name}
          required
          readOnly={!!variable}
          maxLength={60}
          pattern="[a-z0-9_.\-]+"
          data-first={!variable || undefined}
          error={problem?.fieldError('name')}
          onChange={(e) => setName(e.target.value.toLowerCase().replace(/\s+/g, '_'))}
        />
        <Field label={t('vars.text')} error={problem?.fieldError('text')}>
          {(ids) => (
            <textarea
              {...ids}
              required
              rows={3}
              value={text}
              data-first={!!variable || undefined}
              onChange={(e) => setText(e.target.value)}
              className={`${inputClass} h-auto py-2.5`}
            />
          )}
        </Field>
        <Own own={own} onChange={setOwn} />
      </ShelfForm>
    </Dialog>
  );
}

function Own({ own, onChange }: { own: Record<string, string>; onChange: (own: Record<string, string>) => void }) {
  const accounts = useQuery(accountsQuery).data?.filter((a) => a.hold !== 'disconnected') ?? [];
  if (!accounts.length) return null;
  return (
    <details className="group rounded-lg border border-line" open={Object.values(own).some(Boolean)}>
      <summary className="focus-inset flex h-11 items-center px-3.5 text-sm font-medium hover:bg-raised">
        {t('vars.own')}
        <ChevronDown size={16} aria-hidden className="ml-auto text-ink-3 transition-transform group-open:rotate-180" />
      </summary>
      <p className="px-3.5 text-[13px] text-ink-3">{t('vars.ownHint')}</p>
      <ul className="grid gap-2.5 px-3.5 pt-2 pb-3.5">
        {accounts.map((a) => (
          <li key={a.id} className="flex items-center gap-3">
            <Avatar name={a.name} network={a.network} size={30} />
            <span className="w-28 shrink-0 truncate text-sm sm:w-40">{a.name}</span>
            <input
              aria-label={`${a.name}, ${a.network}`}
              value={own[a.id] ?? ''}
              onChange={(e) => onChange({ ...own, [a.id]: e.target.value })}
              className={inputClass}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
