// What is done with a folder: made, renamed, moved, deleted.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Confirm, Dialog } from '../kit/dialog';
import { TextField } from '../kit/field';
import { toastDone, toastError } from '../kit/toast';
import { FolderChoice } from './folder_choice';
import { above, foldersQuery, lastOf, type Folder } from './read';

interface DoingProps {
  onClose: () => void;
  onDone: (folder: string | undefined) => void;
}

// The server answers with the tree as it is then.
function useTree(call: () => Promise<{ items: Folder[] }>, done: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSuccess: (tree) => {
      queries.setQueryData(foldersQuery.queryKey, tree.items);
      void queries.invalidateQueries({ queryKey: ['shelf'] });
      done();
    },
  });
}
const wordsOf = (error: Error | null) => (error ? error.message : null);

interface NameProps {
  title: string;
  action: string;
  name: string;
  doing: ReturnType<typeof useTree>;
  onName: (name: string) => void;
  onClose: () => void;
}

function NameDialog({ title, action, name, doing, onName, onClose }: NameProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" busy={doing.isPending} disabled={!name.trim()} onClick={() => doing.mutate()}>
            {action}
          </Button>
        </>
      }
    >
      <form onSubmit={(e) => (e.preventDefault(), name.trim() && doing.mutate())}>
        <TextField
          data-first
          label={t('library.folderName')}
          value={name}
          maxLength={200}
          error={wordsOf(doing.error)}
          onChange={(e) => onName(e.target.value)}
        />
      </form>
    </Dialog>
  );
}

export function Make({ inside, onClose, onDone }: DoingProps & { inside: string }) {
  const [name, setName] = useState('');
  const path = [inside, name.trim()].filter(Boolean).join('/');
  const make = useTree(
    () => ask(api.POST('/api/v1/media/folders', { body: { path } })),
    () => {
      onDone(path);
      onClose();
    },
  );
  return (
    <NameDialog
      title={inside ? t('library.makeInTitle', { folder: lastOf(inside) }) : t('library.makeFolder')}
      action={t('library.make')}
      name={name}
      doing={make}
      onName={setName}
      onClose={onClose}
    />
  );
}

export function Rename({ path, onClose, onDone }: DoingProps & { path: string }) {
  const [name, setName] = useState(lastOf(path));
  const to = [above(path), name.trim()].filter(Boolean).join('/');
  const rename = useTree(
    () => ask(api.POST('/api/v1/media/folders/move', { body: { from: path, to } })),
    () => {
      onDone(to);
      onClose();
    },
  );
  return (
    <NameDialog
      title={t('library.renameTitle', { folder: lastOf(path) })}
      action={t('save')}
      name={name}
      doing={rename}
      onName={setName}
      onClose={onClose}
    />
  );
}

export function MoveFolder({ path, onClose, onDone }: DoingProps & { path: string }) {
  const [into, setInto] = useState(above(path));
  const to = [into.trim(), lastOf(path)].filter(Boolean).join('/');
  const move = useTree(
    () => ask(api.POST('/api/v1/media/folders/move', { body: { from: path, to } })),
    () => {
      onDone(to);
      onClose();
    },
  );
  return (
    <Dialog
      title={t('library.moveFolderTitle', { folder: lastOf(path) })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" busy={move.isPending} disabled={to === path} onClick={() => move.mutate()}>
            {t('library.moveHere')}
          </Button>
        </>
      }
    >
      <FolderChoice value={into} onChange={setInto} without={path} first />
      {move.error && (
        <p role="alert" className="mt-3 text-[13px] font-medium text-bad">
          {move.error.message}
        </p>
      )}
    </Dialog>
  );
}

export function RemoveFolder({ path, onClose, onDone }: DoingProps & { path: string }) {
  const remove = useTree(
    () => ask(api.DELETE('/api/v1/media/folders', { params: { query: { path } } })),
    () => {
      toastDone(t('library.folderRemoved'));
      onDone(above(path) || undefined);
      onClose();
    },
  );
  return (
    <Confirm
      title={t('library.removeTitle', { folder: lastOf(path) })}
      action={t('library.removeFolder')}
      danger
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() => remove.mutate(undefined, { onError: (error) => (toastError(error), onClose()) })}
    >
      <p>{t('library.removeText')}</p>
    </Confirm>
  );
}
