// Files of the library for a post: the same folders, words and order as the library itself.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import type { MediaFile } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { measures, Picture } from './card';
import { Filters, kinds, type Sought } from './filters';
import { FolderSelect, nowhere } from './folders';
import { shelfQuery } from './read';

interface Props {
  onClose: () => void;
  onChoose: (files: MediaFile[]) => void;
}

export function LibraryPicker({ onClose, onChoose }: Props) {
  const [sought, setSought] = useState<Sought>({});
  const [folder, setFolder] = useState<string | undefined>();
  const [chosen, setChosen] = useState<MediaFile[]>([]);
  const kind = kinds.find((each) => each === sought.kind);
  const filtered = Boolean(sought.text || kind || sought.tag);
  const shelf = useInfiniteQuery({
    ...shelfQuery({
      text: sought.text,
      kind,
      tag: sought.tag,
      folder: folder === nowhere ? '' : folder,
      below: folder && folder !== nowhere && filtered ? true : undefined,
    }),
    placeholderData: (before) => before,
  });
  const files = shelf.data?.pages.flatMap((page) => page.items) ?? [];
  const toggle = (file: MediaFile) =>
    setChosen((all) =>
      all.some((each) => each.id === file.id) ? all.filter((each) => each.id !== file.id) : [...all, file],
    );
  return (
    <Dialog
      side
      title={t('library.pick')}
      onClose={onClose}
      footer={
        <>
          <p role="status" className="mr-auto self-center text-sm text-ink-2">
            {chosen.length > 0 && t('media.chosenN', { n: chosen.length })}
          </p>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" disabled={chosen.length === 0} onClick={() => onChoose(chosen)}>
            {t('library.add')}
          </Button>
        </>
      }
    >
      <Filters brief search={sought} onChange={(change) => setSought((all) => ({ ...all, ...change }))}>
        <FolderSelect folder={folder} onChange={setFolder} className="w-[calc(50%-6px)] sm:w-40" />
      </Filters>
      {shelf.isPending && <Waiting rows={2} height="h-32" label={t('loading')} />}
      {shelf.error && <Trouble error={shelf.error} />}
      {shelf.data && files.length === 0 && (
        <p className="py-10 text-center text-ink-2">{filtered ? t('media.nothingText') : t('library.pickNone')}</p>
      )}
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3" aria-label={t('nav.media')}>
        {files.map((file) => (
          <Choice
            key={file.id}
            file={file}
            place={chosen.findIndex((each) => each.id === file.id)}
            onToggle={() => toggle(file)}
          />
        ))}
      </ul>
      {shelf.hasNextPage && (
        <div className="mt-5 text-center">
          <Button busy={shelf.isFetchingNextPage} onClick={() => void shelf.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Choice({ file, place, onToggle }: { file: MediaFile; place: number; onToggle: () => void }) {
  const chosen = place >= 0;
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        aria-label={file.name}
        onClick={onToggle}
        className={cx('card relative block w-full overflow-hidden text-left', chosen && 'ring-2 ring-accent')}
      >
        <Picture file={file} className="aspect-[4/3] w-full" />
        <span className="block px-2.5 pt-2 pb-2.5">
          <span className="block truncate text-[13px] font-medium">{file.name}</span>
          <span className="nums block truncate text-[12px] text-ink-3">{measures(file)}</span>
        </span>
        {chosen && (
          <span
            aria-hidden
            className="absolute top-2 left-2 grid size-6 place-items-center rounded-full bg-accent-fill text-on-accent"
          >
            <Check size={14} strokeWidth={3} />
          </span>
        )}
      </button>
    </li>
  );
}
