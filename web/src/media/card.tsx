import { FileText, Film, Image, type LucideIcon } from 'lucide-react';
import type { DragEvent } from 'react';
import type { MediaFile } from '../api/client';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { length, size } from './read';

const iconOf = (mime: string): LucideIcon =>
  mime.startsWith('video/') ? Film : mime.startsWith('image/') ? Image : FileText;

// What it looks like; its kind where there is no picture of it.
export function Picture({ file, className, whole }: { file: MediaFile; className?: string; whole?: boolean }) {
  const Icon = iconOf(file.mime);
  return (
    <span className={cx('relative grid place-items-center overflow-hidden bg-sunken text-ink-3', className)}>
      {file.thumbnail ? (
        <img
          src={file.thumbnail}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          className={cx('size-full', whole ? 'object-contain' : 'object-cover')}
        />
      ) : (
        <Icon size={34} strokeWidth={1.5} aria-hidden />
      )}
      {file.duration_s > 0 && (
        <span className="nums absolute right-2 bottom-2 rounded bg-[rgb(0_0_0/0.72)] px-1.5 text-[12px] text-white">
          {length(file.duration_s)}
        </span>
      )}
    </span>
  );
}

export const measures = (file: MediaFile) =>
  [file.width > 0 && t('media.pixels', { w: file.width, h: file.height }), size(file.bytes)].filter(Boolean).join(' · ');

// Posts that use it, or one of its copies.
export const usesOf = (file: MediaFile) => file.copies?.uses ?? file.uses;

interface Props {
  file: MediaFile;
  chosen: boolean;
  choosable: boolean;
  onChoose: (range: boolean) => void;
  onOpen: () => void;
  onCarry: (e: DragEvent) => void;
}

export function MediaCard({ file, chosen, choosable, onChoose, onOpen, onCarry }: Props) {
  const uses = usesOf(file);
  return (
    <li
      data-file={file.name}
      draggable={choosable}
      onDragStart={onCarry}
      className={cx('card group relative overflow-hidden transition-shadow hover:shadow-1', chosen && 'ring-2 ring-accent')}
    >
      <button type="button" onClick={onOpen} className="focus-inset block w-full rounded-[13px] text-left">
        <Picture file={file} className="aspect-[4/3] w-full" />
        <span className="block px-3 pt-2.5 pb-3">
          <span className="block truncate text-sm font-medium">{file.name}</span>
          <span className="nums block truncate text-[12.5px] text-ink-3">{measures(file)}</span>
          <span className={cx('mt-1 block text-[12.5px]', uses > 0 ? 'text-ink-2' : 'text-ink-3')}>
            {uses > 0 ? t('media.usedIn', { n: uses }) : t('media.unused')}
          </span>
          {!!file.copies?.files && (
            <span className="mt-1 block text-[12.5px] text-ink-3">{t('fit.copies', { n: file.copies.files })}</span>
          )}
          {file.tags.length > 0 && (
            <span className="mt-1 block truncate text-[12.5px] text-ink-3">{file.tags.join(' · ')}</span>
          )}
        </span>
      </button>
      {choosable && (
        <label className="absolute top-1.5 left-1.5 grid size-9 place-items-center rounded-md">
          <span className="sr-only">{t('media.choose', { name: file.name })}</span>
          <input
            type="checkbox"
            checked={chosen}
            onChange={(e) => onChoose((e.nativeEvent as MouseEvent).shiftKey)}
            className="size-5 accent-(--accent) shadow-1"
          />
        </label>
      )}
    </li>
  );
}
