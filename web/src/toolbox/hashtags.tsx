import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Hash, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, ask, Problem } from '../api/client';
import { t } from '../i18n';
import { IconButton } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Field, inputClass, TextField } from '../kit/field';
import { toastDone, toastError } from '../kit/toast';
import { groupsQuery, suggestionsQuery, type HashtagGroup } from './read';
import { Shelf, ShelfForm } from './shelf';

export function Hashtags({ canWrite }: { canWrite: boolean }) {
  const groups = useQuery(groupsQuery);
  const [editing, setEditing] = useState<HashtagGroup | 'new' | null>(null);
  return (
    <Shelf
      label={t('toolbox.hashtags')}
      lead={t('tags.lead')}
      add={t('tags.new')}
      empty={{ title: t('tags.emptyTitle'), text: t('tags.emptyText') }}
      rows={groups.data?.map((group) => (
        <Group key={group.id} group={group} canWrite={canWrite} onEdit={() => setEditing(group)} />
      ))}
      error={groups.error}
      canWrite={canWrite}
      onAdd={() => setEditing('new')}
    >
      <Own />
      {editing && <GroupDialog group={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />}
    </Shelf>
  );
}

const post = (group: { name: string; tags: string[] }) => ask(api.POST('/api/v1/hashtags', { body: group }));

function Group({ group, canWrite, onEdit }: { group: HashtagGroup; canWrite: boolean; onEdit: () => void }) {
  const queries = useQueryClient();
  const again = () => void queries.invalidateQueries({ queryKey: ['hashtags'] });
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/hashtags/{id}', { params: { path: { id: group.id } } })),
    onSuccess: () =>
      toastDone(t('tags.removed', { name: group.name }), {
        label: t('undo'),
        run: () => void post({ name: group.name, tags: group.tags }).then(again, toastError),
      }),
    onError: toastError,
    onSettled: again,
  });
  return (
    <li className="flex items-start gap-3 px-4 py-3.5 sm:px-5">
      <Hash size={18} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <h3 className="font-semibold">{group.name}</h3>
        <p className="mt-0.5 text-sm break-words text-ink-2">{group.tags.map((tag) => `#${tag}`).join(' ')}</p>
      </div>
      {canWrite && (
        <span className="-my-1 -mr-2 flex">
          <IconButton icon={Pencil} size={16} label={t('tags.edit', { name: group.name })} onClick={onEdit} />
          <IconButton
            icon={Trash2}
            size={16}
            label={t('tags.remove', { name: group.name })}
            onClick={() => remove.mutate()}
          />
        </span>
      )}
    </li>
  );
}

function Own() {
  const own = useQuery(suggestionsQuery([], [])).data;
  if (!own?.items.length) return null;
  return (
    <section className="mt-8">
      <h2 className="font-semibold">{t('tags.own')}</h2>
      <p className="text-sm text-ink-3">{t('tags.ownText', { n: own.posts })}</p>
      <ul className="mt-3 flex flex-wrap gap-2">
        {own.items.map(({ tag, uses }) => (
          <li key={tag} className="inline-flex h-8 items-center gap-2 rounded-full bg-sunken px-3 text-sm">
            #{tag} <span className="text-[13px] text-ink-2">{t('tags.uses', { n: uses })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const split = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

function GroupDialog({ group, onClose }: { group?: HashtagGroup; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState(group?.name ?? '');
  const [tags, setTags] = useState(group?.tags.map((tag) => `#${tag}`).join(' ') ?? '');
  const save = useMutation({
    mutationFn: () => {
      const body = { name, tags: split(tags) };
      return group ? ask(api.PUT('/api/v1/hashtags/{id}', { params: { path: { id: group.id } }, body })) : post(body);
    },
    onSuccess: (kept) => {
      toastDone(t('tags.saved', { name: kept.name }));
      void queries.invalidateQueries({ queryKey: ['hashtags'] });
      onClose();
    },
  });
  const problem = save.error instanceof Problem ? save.error : null;
  const told = problem?.fieldError('name') || problem?.fieldError('tags');
  return (
    <Dialog title={group ? t('tags.edit', { name: group.name }) : t('tags.new')} onClose={onClose}>
      <ShelfForm
        error={told ? null : save.error}
        busy={save.isPending}
        onSave={() => save.mutate()}
        onClose={onClose}
      >
        <TextField
          label={t('tags.name')}
          value={name}
          required
          maxLength={60}
          data-first
          error={problem?.fieldError('name')}
          onChange={(e) => setName(e.target.value)}
        />
        <Field label={t('tags.list')} hint={t('tags.listHint')} error={problem?.fieldError('tags')}>
          {(ids) => (
            <textarea
              {...ids}
              required
              rows={4}
              value={tags}
              onChange={(e) => setTags(e.target.value)}
              className={`${inputClass} h-auto py-2.5`}
            />
          )}
        </Field>
      </ShelfForm>
    </Dialog>
  );
}
