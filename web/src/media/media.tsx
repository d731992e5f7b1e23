// The media library: every file that was uploaded, in folders, found again by name, tag, kind and use.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FolderOpen, Images, SearchX, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { MediaFile } from '../api/client';
import { meQuery } from '../api/queries';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Empty, Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { Screen, ScreenHead } from '../shell/shell';
import { ChosenBar, Remove } from './chosen';
import { DropZone } from './drop';
import { FilePanel } from './file';
import { Filters, kinds, sorts } from './filters';
import { FolderHead, FolderSelect, FolderTree, nowhere } from './folders';
import { Grid } from './grid';
import { foldersQuery, shelfQuery } from './read';
import { Unfinished } from './unfinished';
import { UploadList } from './upload_list';
import { useUploads } from './uploads';

export function MediaScreen() {
  const search = useSearch({ from: '/inside/media' });
  const navigate = useNavigate();
  const may = useQuery(meQuery).data?.permissions.includes('media.write') ?? false;
  const hasFolders = (useQuery(foldersQuery).data?.length ?? 0) > 0;
  const kind = kinds.find((each) => each === search.kind);
  const filtered = Boolean(search.text || kind || search.unused || search.tag);
  const asked = {
    text: search.text,
    kind,
    unused: search.unused ? true : undefined,
    tag: search.tag,
    sort: sorts.find((each) => each === search.sort),
    folder: search.folder === nowhere ? '' : search.folder,
    below: search.folder && search.folder !== nowhere && filtered ? true : undefined,
  };
  const shelf = useInfiniteQuery({ ...shelfQuery(asked), placeholderData: (before) => before });
  const files = shelf.data?.pages.flatMap((page) => page.items) ?? [];
  const uploads = useUploads();
  const picker = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [removing, setRemoving] = useState<MediaFile | null>(null);
  const none = () => setChosen(new Set());
  const set = (change: Partial<typeof search>) =>
    void navigate({ to: '/media', search: { ...search, ...change }, replace: true });
  const enter = (folder: string | undefined) => {
    none();
    void navigate({ to: '/media', search: { ...search, folder, file: undefined } });
  };
  const pick = () => picker.current?.click();
  const take = (list: File[]) => uploads.add(list, asked.folder ?? '');
  const uploadButton = (
    <Button look="primary" icon={Upload} onClick={pick}>
      {t('media.upload')}
    </Button>
  );
  const bare = !shelf.isPending && files.length === 0 && !filtered && !search.folder && !hasFolders;
  return (
    <Screen wide>
      <DropZone disabled={!may} onFiles={take}>
        <ScreenHead title={t('nav.media')} lead={t('media.lead')} actions={may && uploadButton} />
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={t('media.upload')}
          onChange={(e) => {
            take([...(e.target.files ?? [])]);
            e.target.value = '';
          }}
        />
        <UploadList list={uploads.list} onCancel={uploads.cancel} onRetry={uploads.retry} onClear={uploads.clear} />
        {may && <Unfinished running={uploads.list} onPick={pick} />}
        <div className="flex gap-8">
          {!bare && <FolderTree folder={search.folder} onChange={enter} onMoved={none} may={may} />}
          <div className="min-w-0 flex-1">
            {!bare && (
              <Filters search={search} onChange={set}>
                <FolderSelect folder={search.folder} onChange={enter} className="w-[calc(50%-6px)] sm:w-40 lg:hidden" />
              </Filters>
            )}
            {!bare && <FolderHead folder={search.folder} onChange={enter} may={may} />}
            {shelf.isPending && <Waiting rows={2} height="h-48" label={t('loading')} />}
            {shelf.error && <Trouble error={shelf.error} />}
            {shelf.data && files.length === 0 && (
              <Nothing bare={bare} filtered={filtered} may={may} upload={uploadButton} onAll={() => void navigate({ to: '/media', search: {}, replace: true })} />
            )}
            <Grid files={files} may={may} chosen={chosen} onChosen={setChosen} onOpen={(file) => set({ file: file.id })} />
            {shelf.hasNextPage && (
              <div className="mt-6 text-center">
                <Button busy={shelf.isFetchingNextPage} onClick={() => void shelf.fetchNextPage()}>
                  {t('more')}
                </Button>
              </div>
            )}
          </div>
        </div>
      </DropZone>
      {chosen.size > 0 && (
        <ChosenBar
          files={files.filter((file) => chosen.has(file.id))}
          onAll={() => setChosen(new Set(files.map((file) => file.id)))}
          onNone={none}
        />
      )}
      {search.file && !removing && (
        <FilePanel
          id={search.file}
          mayChange={may}
          onRemove={setRemoving}
          onOpen={(file) => set({ file })}
          onClose={() => set({ file: undefined })}
        />
      )}
      {removing && (
        <Remove
          files={[removing]}
          onClose={() => setRemoving(null)}
          onDone={() => {
            setRemoving(null);
            none();
            set({ file: undefined });
          }}
        />
      )}
    </Screen>
  );
}

interface NothingProps {
  bare: boolean;
  filtered: boolean;
  may: boolean;
  upload: React.ReactNode;
  onAll: () => void;
}

function Nothing({ bare, filtered, may, upload, onAll }: NothingProps) {
  if (bare)
    return (
      <Empty
        art={<Images size={40} strokeWidth={1.5} aria-hidden className="text-accent" />}
        title={t('media.noneTitle')}
        actions={may && upload}
      >
        {may ? t('media.noneText') : t('media.noneViewer')}
      </Empty>
    );
  if (!filtered)
    return (
      <Empty art={<FolderOpen size={40} strokeWidth={1.5} aria-hidden className="text-ink-3" />} title={t('library.emptyTitle')}>
        {may ? t('library.emptyText') : t('library.emptyViewer')}
      </Empty>
    );
  return (
    <Empty
      art={<SearchX size={40} strokeWidth={1.5} aria-hidden className="text-ink-3" />}
      title={t('media.nothingTitle')}
      actions={<Button onClick={onAll}>{t('media.all')}</Button>}
    >
      {t('media.nothingText')}
    </Empty>
  );
}
