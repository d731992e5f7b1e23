// What can be done with many files at once. The server refuses those in use, by name.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FolderInput, Tag, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type MediaFile } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Confirm, Dialog } from '../kit/dialog';
import { toastDone, toastError } from '../kit/toast';
import { usesOf } from './card';
import { FolderChoice } from './folder_choice';
import { TagInput } from './tag_input';

export type Change = { folder?: string; add_tags?: string[]; remove_tags?: string[]; remove?: boolean };

const atOnce = 200;

async function changeAll(files: MediaFile[], change: Change) {
  let changed = 0;
  const refused: { name: string; text: string }[] = [];
  for (let from = 0; from < files.length; from += atOnce) {
    const ids = files.slice(from, from + atOnce).map((file) => file.id);
    const done = await ask(api.POST('/api/v1/media/bulk', { body: { ids, ...change } }));
    changed += done.changed;
    refused.push(...done.refused.filter((one) => one.code !== 'not_found'));
  }
  return { changed, refused };
}

// Folder and tags as they were; one after the other, each by itself.
async function putBack(files: MediaFile[]) {
  for (const { id, folder, tags } of files)
    await ask(api.PATCH('/api/v1/media/{id}', { params: { path: { id } }, body: { folder, tags } }));
}

export function useChange(onDone: () => void, words: (n: number, change: Change) => string) {
  const queries = useQueryClient();
  const read = () => void queries.invalidateQueries({ queryKey: ['shelf'] });
  return useMutation({
    mutationFn: ({ files, change }: { files: MediaFile[]; change: Change }) => changeAll(files, change),
    onSuccess: ({ changed, refused }, { files, change }) => {
      const undo = { label: t('undo'), run: () => void putBack(files).catch(toastError).finally(read) };
      if (changed > 0) toastDone(words(changed, change), change.remove || refused.length > 0 ? undefined : undo);
      if (refused.length > 0) toastError(new Error(namesOf(refused)));
      onDone();
    },
    onError: toastError,
    onSettled: read,
  });
}

export const movedWords = (n: number, { folder }: Change) =>
  folder ? t('library.movedN', { n, folder }) : t('library.movedOutN', { n });

const namesOf = (refused: { text: string }[]) => {
  const shown = refused.slice(0, 4).map((one) => one.text);
  return [...shown, ...(refused.length > 4 ? [t('disconnect.andMore', { n: refused.length - 4 })] : [])].join(' ');
};

interface BarProps {
  files: MediaFile[];
  onAll: () => void;
  onNone: () => void;
}

export function ChosenBar({ files, onAll, onNone }: BarProps) {
  const [doing, setDoing] = useState<'move' | 'tag' | 'remove' | null>(null);
  const free = files.filter((file) => usesOf(file) === 0);
  const over = () => (setDoing(null), onNone());
  return (
    <>
      <div
        role="region"
        aria-label={t('media.chosen')}
        className="rise sticky bottom-20 z-10 mx-auto mt-6 flex w-fit max-w-full flex-wrap items-center gap-x-2 gap-y-2 rounded-xl border border-line bg-surface px-4 py-2.5 shadow-2 lg:bottom-5"
      >
        <p role="status" className="mr-1 text-sm">
          <b className="font-semibold">{t('media.chosenN', { n: files.length })}</b>
          {free.length < files.length && (
            <span className="text-ink-2"> {t('media.inUseN', { n: files.length - free.length })}</span>
          )}
        </p>
        <Button size="sm" look="plain" onClick={onAll}>
          {t('media.chooseAll')}
        </Button>
        <Button size="sm" look="plain" onClick={onNone}>
          {t('media.chooseNone')}
        </Button>
        <Button size="sm" icon={FolderInput} onClick={() => setDoing('move')}>
          {t('library.move')}
        </Button>
        <Button size="sm" icon={Tag} onClick={() => setDoing('tag')}>
          {t('library.tags')}
        </Button>
        <Button size="sm" look="danger" icon={Trash2} disabled={free.length === 0} onClick={() => setDoing('remove')}>
          {t('media.deleteN', { n: free.length })}
        </Button>
      </div>
      {doing === 'move' && <Move files={files} onClose={() => setDoing(null)} onDone={over} />}
      {doing === 'tag' && <Tags files={files} onClose={() => setDoing(null)} onDone={over} />}
      {doing === 'remove' && <Remove files={free} onClose={() => setDoing(null)} onDone={over} />}
    </>
  );
}

interface DialogProps {
  files: MediaFile[];
  onClose: () => void;
  onDone: () => void;
}

function Move({ files, onClose, onDone }: DialogProps) {
  const [folder, setFolder] = useState(files.every((file) => file.folder === files[0]?.folder) ? (files[0]?.folder ?? '') : '');
  const move = useChange(onDone, movedWords);
  return (
    <Dialog
      title={t('library.moveTitle', { n: files.length })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" busy={move.isPending} onClick={() => move.mutate({ files, change: { folder } })}>
            {t('library.moveHere')}
          </Button>
        </>
      }
    >
      <FolderChoice value={folder} onChange={setFolder} first />
    </Dialog>
  );
}

function Tags({ files, onClose, onDone }: DialogProps) {
  const had = [...new Set(files.flatMap((file) => file.tags))].sort((a, b) => a.localeCompare(b));
  const [add, setAdd] = useState<string[]>([]);
  const [drop, setDrop] = useState<ReadonlySet<string>>(new Set());
  const change = useChange(onDone, (n) => t('library.taggedN', { n }));
  const toggle = (tag: string) => {
    const next = new Set(drop);
    if (!next.delete(tag)) next.add(tag);
    setDrop(next);
  };
  return (
    <Dialog
      title={t('library.tagTitle', { n: files.length })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            look="primary"
            busy={change.isPending}
            disabled={add.length === 0 && drop.size === 0}
            onClick={() => change.mutate({ files, change: { add_tags: add, remove_tags: [...drop] } })}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <TagInput label={t('library.addTags')} tags={add} onChange={setAdd} first />
      {had.length > 0 && (
        <fieldset className="mt-5">
          <legend className="mb-2 text-sm font-medium">{t('library.dropTags')}</legend>
          <div className="flex flex-wrap gap-x-5 gap-y-2">
            {had.map((tag) => (
              <label key={tag} className="flex items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  className="size-4.5 accent-(--accent)"
                  checked={drop.has(tag)}
                  onChange={() => toggle(tag)}
                />
                {tag}
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </Dialog>
  );
}

export function Remove({ files, onClose, onDone }: DialogProps) {
  const remove = useChange(onDone, (n) => t('media.deletedN', { n }));
  return (
    <Confirm
      title={t('media.deleteTitle', { n: files.length })}
      action={t('media.deleteN', { n: files.length })}
      danger
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() => remove.mutate({ files, change: { remove: true } })}
    >
      <p>{t('media.deleteText')}</p>
      <ul className="mt-3 grid gap-0.5 text-sm">
        {files.slice(0, 6).map((file) => (
          <li key={file.id} className="truncate text-ink">
            {file.name}
          </li>
        ))}
        {files.length > 6 && <li>{t('disconnect.andMore', { n: files.length - 6 })}</li>}
      </ul>
    </Confirm>
  );
}
