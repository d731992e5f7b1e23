import { ArrowLeft, ArrowRight, CircleAlert, Play, X } from 'lucide-react';
import { useState, type Dispatch } from 'react';
import type { Network } from '../api/client';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { thumbnailOf } from '../previews/thumbnail';
import type { Change, MediaDraft, PartDraft, Place } from './draft';
import { MadeMark } from './made_mark';
import { MediaDialog } from './media_dialog';

interface Props {
  place: Place;
  part: PartDraft;
  maxAlt: number; // 0: no chosen network takes alternative text
  networks: Network[]; // of this text
  dispatch: Dispatch<Change>;
  onDrop: (key: string) => void;
}

const isVideo = (m: MediaDraft) => m.mime.startsWith('video/');

// Pictures in their order. Dragging moves them; so do the arrows on each, for the keyboard.
export function MediaStrip({ place, part, maxAlt, networks, dispatch, onDrop }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const shown = part.media.find((m) => m.key === open);
  if (!part.media.length) return null;
  const move = (key: string, to: number) => dispatch({ do: 'moveMedia', place, part: part.key, key, to });
  return (
    <>
      <ol aria-label={t('media.strip')} className="mt-1 flex flex-wrap gap-3">
        {part.media.map((m, i) => (
          <li
            key={m.key}
            draggable={!!m.id}
            onDragStart={(e) => {
              setDragged(m.key);
              e.dataTransfer.effectAllowed = 'move';
            }}
            onDragOver={(e) => {
              if (!dragged) return;
              e.preventDefault();
              if (dragged !== m.key) move(dragged, i);
            }}
            onDragEnd={() => setDragged(null)}
            className={cx('group relative w-30', dragged === m.key && 'opacity-40')}
          >
            <Tile media={m} index={i} onOpen={() => setOpen(m.key)} />
            <button
              type="button"
              aria-label={t('media.remove', { n: i + 1 })}
              onClick={() => onDrop(m.key)}
              className="absolute top-1.5 right-1.5 grid size-6 place-items-center rounded-full bg-black/65 text-white hover:bg-black"
            >
              <X size={13} aria-hidden />
            </button>
            {m.id && <MadeMark id={m.id} />}
            {part.media.length > 1 && (
              <span className="mt-1 flex justify-center gap-1">
                <Arrow
                  icon="left"
                  label={t('media.left', { n: i + 1 })}
                  disabled={i === 0}
                  onClick={() => move(m.key, i - 1)}
                />
                <Arrow
                  icon="right"
                  label={t('media.right', { n: i + 1 })}
                  disabled={i === part.media.length - 1}
                  onClick={() => move(m.key, i + 1)}
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      {shown && (
        <MediaDialog
          media={shown}
          maxAlt={maxAlt}
          networks={networks}
          onChange={(change) => dispatch({ do: 'media', key: shown.key, change })}
          onSwap={(media) => {
            dispatch({ do: 'swapMedia', place, part: part.key, key: shown.key, media });
            setOpen(null);
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function Tile({ media, index, onOpen }: { media: MediaDraft; index: number; onOpen: () => void }) {
  if (media.error)
    return (
      <div
        role="alert"
        className="grid aspect-square content-center justify-items-center gap-1.5 overflow-hidden rounded-lg border border-bad-line bg-bad-soft p-2 text-center text-[11.5px] leading-snug text-bad"
      >
        <CircleAlert size={18} aria-hidden />
        <span className="line-clamp-5">{media.error}</span>
      </div>
    );
  if (!media.id) {
    const share = Math.round((media.progress ?? 0) * 100);
    return (
      <div className="sheen grid aspect-square content-end rounded-lg p-2.5">
        {media.stalled && <p className="text-[11.5px] leading-snug text-warn">{t('upload.stalled')}</p>}
        <p className="truncate text-[11.5px] text-ink-2">{media.name}</p>
        <div
          role="progressbar"
          aria-label={t('media.uploading', { name: media.name })}
          aria-valuenow={share}
          aria-valuemin={0}
          aria-valuemax={100}
          className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-line-strong"
        >
          <div
            className="h-full rounded-full bg-accent-fill transition-[width]"
            style={{ width: `${Math.max(4, share)}%` }}
          />
        </div>
      </div>
    );
  }
  return (
    <button
      type="button"
      onClick={onOpen}
      className="relative block aspect-square w-full overflow-hidden rounded-lg bg-sunken"
    >
      <img
        src={thumbnailOf(media.cover?.picture ?? media.id)}
        alt=""
        className="size-full object-cover"
        draggable={false}
      />
      <span className="sr-only">
        {media.alt ? t('media.altEdit', { n: index + 1, alt: media.alt }) : t('media.altAdd', { n: index + 1 })}
      </span>
      {isVideo(media) && (
        <span
          aria-hidden
          className="absolute inset-0 m-auto grid size-9 place-items-center rounded-full bg-black/60 text-white"
        >
          <Play size={16} fill="currentColor" />
        </span>
      )}
      <span
        aria-hidden
        className={cx(
          'absolute bottom-1.5 left-1.5 rounded-[4px] px-1.5 py-px text-[11px] font-bold',
          media.alt ? 'bg-black/75 text-white' : 'bg-white/90 text-[#3a352b] ring-1 ring-black/20',
        )}
      >
        {media.alt ? 'ALT' : `+ ALT`}
      </span>
    </button>
  );
}

function Arrow({
  icon,
  label,
  disabled,
  onClick,
}: {
  icon: 'left' | 'right';
  label: string;
  disabled: boolean;
  onClick: () => void;
}) {
  const Icon = icon === 'left' ? ArrowLeft : ArrowRight;
  return (
    <button
      type="button"
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
      className="grid size-6 place-items-center rounded text-ink-3 hover:bg-sunken hover:text-ink disabled:opacity-30"
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}
