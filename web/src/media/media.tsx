// The media library: every file that was uploaded, found again by name, kind and use.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Images, Search, SearchX, Trash2, Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { api, ask, Problem, type MediaFile } from '../api/client';
import { meQuery } from '../api/queries';
import { DropZone } from './drop';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Confirm } from '../kit/dialog';
import { Empty, Waiting } from '../kit/empty';
import { inputClass, Select } from '../kit/field';
import { Trouble } from '../kit/note';
import { toastDone, toastError } from '../kit/toast';
import { Screen, ScreenHead } from '../shell/shell';
import { MediaCard } from './card';
import { FilePanel } from './file';
import { shelfQuery, type MediaKind } from './read';
import { UploadList } from './upload_list';
import { useUploads } from './uploads';

const kinds: MediaKind[] = ['image', 'video', 'document'];

export function MediaScreen() {
  const search = useSearch({ from: '/inside/media' });
  const navigate = useNavigate();
  const may = useQuery(meQuery).data?.permissions.includes('media.write') ?? false;
  const kind = kinds.find((each) => each === search.kind);
  const asked = { text: search.text, kind, unused: search.unused ? true : undefined };
  const shelf = useInfiniteQuery({ ...shelfQuery(asked), placeholderData: (before) => before });
  const files = shelf.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(search.text || kind || search.unused);
  const uploads = useUploads();
  const picker = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [removing, setRemoving] = useState<MediaFile[] | null>(null);
  const set = (change: Partial<typeof search>) =>
    void navigate({ to: '/media', search: { ...search, ...change }, replace: true });
  const pick = () => picker.current?.click();
  const uploadButton = (
    <Button look="primary" icon={Upload} onClick={pick}>
      {t('media.upload')}
    </Button>
  );
  return (
    <Screen wide>
      <DropZone disabled={!may} onFiles={uploads.add}>
        <ScreenHead title={t('nav.media')} lead={t('media.lead')} actions={may && uploadButton} />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={t('media.upload')}
          onChange={(e) => {
            uploads.add([...(e.target.files ?? [])]);
            e.target.value = '';
          }}
        />
        <UploadList list={uploads.list} onCancel={uploads.cancel} onRetry={uploads.retry} onClear={uploads.clear} />
        {(files.length > 0 || filtered) && <Filters search={search} onChange={set} />}
        {shelf.isPending && <Waiting rows={2} height="h-48" label={t('loading')} />}
        {shelf.error && <Trouble error={shelf.error} />}
        {shelf.data && files.length === 0 && !filtered && (
          <Empty
            art={<Images size={40} strokeWidth={1.5} aria-hidden className="text-accent" />}
            title={t('media.noneTitle')}
            actions={may && uploadButton}
          >
            {may ? t('media.noneText') : t('media.noneViewer')}
          </Empty>
        )}
        {shelf.data && files.length === 0 && filtered && (
          <Empty
            art={<SearchX size={40} strokeWidth={1.5} aria-hidden className="text-ink-3" />}
            title={t('media.nothingTitle')}
            actions={
              <Button onClick={() => void navigate({ to: '/media', search: {}, replace: true })}>{t('media.all')}</Button>
            }
          >
            {t('media.nothingText')}
          </Empty>
        )}
        <Grid files={files} may={may} chosen={chosen} onChosen={setChosen} onOpen={(file) => set({ file: file.id })} />
        {shelf.hasNextPage && (
          <div className="mt-6 text-center">
            <Button busy={shelf.isFetchingNextPage} onClick={() => void shelf.fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </DropZone>
      {chosen.size > 0 && (
        <ChosenBar
          files={files.filter((file) => chosen.has(file.id))}
          onAll={() => setChosen(new Set(files.map((file) => file.id)))}
          onNone={() => setChosen(new Set())}
          onRemove={setRemoving}
        />
      )}
      {search.file && !removing && (
        <FilePanel
          id={search.file}
          mayRemove={may}
          onRemove={(id) => setRemoving(files.filter((file) => file.id === id))}
          onClose={() => set({ file: undefined })}
        />
      )}
      {removing && (
        <Remove
          files={removing}
          onClose={(removed) => {
            setRemoving(null);
            if (!removed) return;
            setChosen(new Set());
            set({ file: undefined });
          }}
        />
      )}
    </Screen>
  );
}

type Sought = { text?: string; kind?: string; unused?: string };

function Filters({ search, onChange }: { search: Sought; onChange: (change: Sought) => void }) {
  const [typed, setTyped] = useState(search.text ?? '');
  const sought = search.text ?? '';
  const said = useRef(sought);
  const say = useRef(onChange);
  say.current = onChange;
  // The address was changed by something else than typing.
  useEffect(() => {
    if (sought === said.current) return;
    said.current = sought;
    setTyped(sought);
  }, [sought]);
  useEffect(() => {
    const text = typed.trim();
    if (text === said.current) return;
    const timer = setTimeout(() => {
      said.current = text;
      say.current({ text: text || undefined });
    }, 250);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div role="search" className="mb-5 flex flex-wrap items-center gap-3">
      <div className="relative min-w-0 flex-1 basis-56">
        <Search size={16} aria-hidden className="absolute top-1/2 left-3 -translate-y-1/2 text-ink-3" />
        <input
          type="search"
          aria-label={t('media.search')}
          placeholder={t('media.search')}
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          className={cx(inputClass, 'pl-9')}
        />
      </div>
      <div className="w-44">
        <Select
          aria-label={t('media.kind')}
          value={search.kind ?? ''}
          onChange={(e) => onChange({ kind: e.target.value || undefined })}
          options={[
            { value: '', label: t('media.allKinds') },
            ...kinds.map((kind) => ({ value: kind, label: t(`media.kind.${kind}`) })),
          ]}
        />
      </div>
      <label className="flex h-10.5 items-center gap-2 text-sm">
        <input
          type="checkbox"
          className="size-4.5 accent-(--accent)"
          checked={Boolean(search.unused)}
          onChange={(e) => onChange({ unused: e.target.checked ? 'yes' : undefined })}
        />
        {t('media.onlyUnused')}
      </label>
    </div>
  );
}

interface GridProps {
  files: MediaFile[];
  may: boolean;
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
  onOpen: (file: MediaFile) => void;
}

function Grid({ files, may, chosen, onChosen, onOpen }: GridProps) {
  const last = useRef<number | null>(null);
  if (files.length === 0) return null;
  // With Shift held: everything from the one before.
  const choose = (at: number, range: boolean) => {
    const next = new Set(chosen);
    const on = !next.has(files[at]!.id);
    const from = range && last.current !== null ? last.current : at;
    for (const file of files.slice(Math.min(from, at), Math.max(from, at) + 1))
      if (on) next.add(file.id);
      else next.delete(file.id);
    last.current = at;
    onChosen(next);
  };
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 md:grid-cols-4 xl:grid-cols-5" aria-label={t('nav.media')}>
      {files.map((file, at) => (
        <MediaCard
          key={file.id}
          file={file}
          chosen={chosen.has(file.id)}
          choosable={may}
          onChoose={(range) => choose(at, range)}
          onOpen={() => onOpen(file)}
        />
      ))}
    </ul>
  );
}

interface BarProps {
  files: MediaFile[];
  onAll: () => void;
  onNone: () => void;
  onRemove: (files: MediaFile[]) => void;
}

function ChosenBar({ files, onAll, onNone, onRemove }: BarProps) {
  const free = files.filter((file) => file.uses === 0);
  return (
    <div
      role="region"
      aria-label={t('media.chosen')}
      className="rise sticky bottom-20 z-10 mx-auto mt-6 flex w-fit max-w-full flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border border-line bg-surface px-4 py-2.5 shadow-2 lg:bottom-5"
    >
      <p role="status" className="text-sm">
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
      <Button size="sm" look="danger" icon={Trash2} disabled={free.length === 0} onClick={() => onRemove(free)}>
        {t('media.deleteN', { n: free.length })}
      </Button>
    </div>
  );
}

// One after the other: what a post has begun to use meanwhile stays, and is counted.
async function removeAll(files: MediaFile[]) {
  let removed = 0;
  let kept = 0;
  for (const file of files)
    try {
      await ask(api.DELETE('/api/v1/media/{id}', { params: { path: { id: file.id } } }));
      removed++;
    } catch (error) {
      if (!(error instanceof Problem) || (error.status !== 409 && error.status !== 404)) throw error;
      if (error.status === 409) kept++;
    }
  return { removed, kept };
}

function Remove({ files, onClose }: { files: MediaFile[]; onClose: (removed: boolean) => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeAll(files),
    onSuccess: ({ removed, kept }) => {
      if (removed > 0) toastDone(t('media.deletedN', { n: removed }));
      if (kept > 0) toastError(new Error(t('media.keptN', { n: kept })));
      onClose(true);
    },
    onError: (error) => {
      toastError(error);
      onClose(true);
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['shelf'] }),
  });
  return (
    <Confirm
      title={t('media.deleteTitle', { n: files.length })}
      action={t('media.deleteN', { n: files.length })}
      danger
      busy={remove.isPending}
      onClose={() => onClose(false)}
      onConfirm={() => remove.mutate()}
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
