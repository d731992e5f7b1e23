// A film that is longer than a network takes: which piece of it goes there. The copy is made afterwards, the original
// stays.
import { useRef, useState } from 'react';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { thumbnailOf } from '../previews/thumbnail';
import { useFile } from './made_mark';
import type { Fitting } from './use_fit';

const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

interface Props {
  fitting: Fitting;
  onDone: (fitting: Fitting) => void;
  onClose: () => void;
}

export const isCut = ({ repair }: Fitting) => repair.recipe.length_ms !== undefined;

export function CutDialog({ fitting, onDone, onClose }: Props) {
  const { media, recipe } = fitting.repair;
  const file = useFile(media);
  const video = useRef<HTMLVideoElement>(null);
  const [from, setFrom] = useState((recipe.from_ms ?? 0) / 1000);
  const length = (recipe.length_ms ?? 0) / 1000;
  const whole = file?.duration_s ?? length;
  const words = t('cut.piece', { from: clock(from), to: clock(Math.min(whole, from + length)), whole: clock(whole) });
  const show = (seconds: number) => {
    setFrom(seconds);
    if (video.current) video.current.currentTime = seconds;
  };
  const save = () => {
    const from_ms = Math.round(from * 1000);
    onDone({ ...fitting, repair: { ...fitting.repair, recipe: { ...recipe, from_ms } } });
  };
  return (
    <Dialog
      title={t('cut.title', { name: fitting.name })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" onClick={save}>
            {t('cut.save')}
          </Button>
        </>
      }
    >
      <video
        ref={video}
        src={file?.file}
        poster={thumbnailOf(media)}
        preload="auto"
        muted
        playsInline
        className="max-h-[46dvh] w-full rounded-lg bg-black"
      />
      <label className="mt-4 grid gap-1.5 text-sm font-medium">
        <span className="flex justify-between gap-4">
          {t('cut.begin')}
          <span className="nums font-normal text-ink-2">{words}</span>
        </span>
        <input
          type="range"
          data-first
          min={0}
          max={Math.max(0, whole - length)}
          step={0.5}
          value={from}
          aria-valuetext={words}
          onChange={(e) => show(Number(e.target.value))}
          className="w-full accent-[var(--color-accent-fill)]"
        />
      </label>
      <p className="mt-4 text-[13px] text-ink-3">{t('crop.kept')}</p>
    </Dialog>
  );
}
