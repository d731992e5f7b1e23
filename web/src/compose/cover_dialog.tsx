// The cover of a video: a moment of it, chosen on its timeline, or a picture from the library. Of a moment a picture is
// made too, for the networks that take no moments.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { MediaFile, Network } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Trouble } from '../kit/note';
import { LibraryPicker } from '../media/picker';
import { thumbnailOf } from '../previews/thumbnail';
import type { CoverDraft } from './draft';
import { makeCopy, readShelf } from './fit';

interface Props {
  file: MediaFile;
  cover: CoverDraft | undefined;
  networks: Network[]; // of this text
  onDone: (cover: CoverDraft | undefined) => void;
  onClose: () => void;
}

const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;

export function CoverDialog({ file, cover, networks, onDone, onClose }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [at, setAt] = useState((cover?.at_ms ?? 0) / 1000);
  const [picking, setPicking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const queries = useQueryClient();
  const named = (wanted: (rule: Network['covers'][number]) => boolean) =>
    networks.filter((n) => n.covers.some(wanted)).map((n) => n.label).join(', ');
  const show = (seconds: number) => {
    setAt(seconds);
    if (video.current) video.current.currentTime = seconds;
  };
  const save = async () => {
    setBusy(true);
    setError(null);
    const at_ms = Math.round(at * 1000);
    try {
      const still = await makeCopy(file.id, { recipe: { into: 'image/jpeg', at_ms } });
      readShelf(queries);
      onDone({ at_ms, picture: still.id });
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  if (picking)
    return (
      <LibraryPicker
        onClose={() => setPicking(false)}
        onChoose={([picture]) => {
          setPicking(false);
          if (picture?.mime.startsWith('image/')) onDone({ picture: picture.id });
          else setError(new Error(t('cover.notAPicture')));
        }}
      />
    );
  return (
    <Dialog
      title={t('cover.title')}
      onClose={onClose}
      footer={
        <>
          {cover && (
            <Button look="plain" className="mr-auto" onClick={() => onDone(undefined)}>
              {t('cover.none')}
            </Button>
          )}
          <Button onClick={() => setPicking(true)}>{t('cover.pick')}</Button>
          <Button look="primary" busy={busy} onClick={() => void save()}>
            {t('cover.use')}
          </Button>
        </>
      }
    >
      <video
        ref={video}
        src={file.file}
        poster={thumbnailOf(file.id)}
        preload="auto"
        muted
        playsInline
        className="max-h-[46dvh] w-full rounded-lg bg-black"
        onLoadedMetadata={(e) => (e.currentTarget.currentTime = at)}
      />
      <label className="mt-4 grid gap-1.5 text-sm font-medium">
        <span className="flex justify-between">
          {t('cover.moment')}
          <span className="nums font-normal text-ink-2">{clock(at)}</span>
        </span>
        <input
          type="range"
          data-first
          min={0}
          max={Math.max(0, file.duration_s - 0.1)}
          step={0.1}
          value={at}
          aria-valuetext={clock(at)}
          onChange={(e) => show(Number(e.target.value))}
          className="w-full accent-[var(--color-accent-fill)]"
        />
      </label>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[13px] text-ink-2">
        {[
          [t('cover.takesMoment'), named((rule) => rule.moment)],
          [t('cover.takesPicture'), named((rule) => rule.picture)],
          [t('cover.takesNone'), networks.filter((n) => !n.covers.length).map((n) => n.label).join(', ')],
        ]
          .filter(([, names]) => names)
          .map(([what, names]) => (
            <div key={what} className="contents">
              <dt className="text-ink-3">{what}</dt>
              <dd>{names}</dd>
            </div>
          ))}
      </dl>
      {error !== null && <Trouble error={error} />}
    </Dialog>
  );
}
