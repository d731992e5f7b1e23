// Cropping: a shape by the name that it has on the networks of this text, and the point that must stay in it. The point
// is moved by mouse, finger or arrow keys. What comes of it is a copy; the original stays.
import { useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { MediaFile, Network } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Trouble } from '../kit/note';
import { thumbnailOf } from '../previews/thumbnail';
import { cropBox, makeCopy, readShelf, Stopped, stopCopy } from './fit';

interface Props {
  file: MediaFile; // the original
  networks: Network[]; // of this text
  onDone: (made: MediaFile) => void;
  onClose: () => void;
}

export interface Shape {
  text: string; // "4:5"
  names: string; // "Instagram portrait, Threads portrait"
  width: number;
  height: number;
}

// The shapes of these networks; each once, with all its names.
export function shapesOf(networks: Network[]): Shape[] {
  const found = new Map<string, Shape & { all: string[] }>();
  for (const network of networks)
    for (const { label, ratio } of network.shapes) {
      if (!ratio) continue;
      const shape = found.get(ratio.text) ?? { text: ratio.text, names: '', width: ratio.width, height: ratio.height, all: [] };
      shape.all.push(`${network.label}: ${label}`);
      found.set(ratio.text, shape);
    }
  const shapes = [...found.values()].map(({ all, ...shape }) => ({ ...shape, names: all.join(', ') }));
  return shapes.length ? shapes : [{ text: '1:1', names: '', width: 1, height: 1 }];
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));
const percent = (share: number) => `${share * 100}%`;

export function CropDialog({ file, networks, onDone, onClose }: Props) {
  const shapes = shapesOf(networks);
  const group = useId();
  const [shape, setShape] = useState(shapes[0]!);
  const [focus, setFocus] = useState({ x: 0.5, y: 0.5 });
  const [zoom, setZoom] = useState(100);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const conversion = useRef<string | null>(null);
  const queries = useQueryClient();
  const box = cropBox(file.width, file.height, shape.width / shape.height, focus, zoom / 100);

  const save = async () => {
    setShare(0);
    setError(null);
    const only = networks.length === 1 ? networks[0] : undefined;
    try {
      const made = await makeCopy(
        file.id,
        {
          ratio: { width: shape.width, height: shape.height },
          focus: { x: Math.round(focus.x * 1000), y: Math.round(focus.y * 1000) },
          zoom,
          ...(only && { for: only.network }),
        },
        { onBegun: (id) => (conversion.current = id), onProgress: setShare },
      );
      readShelf(queries);
      onDone(made);
    } catch (problem) {
      if (!(problem instanceof Stopped)) setError(problem);
    } finally {
      conversion.current = null;
      setShare(null);
    }
  };
  const leave = () => {
    if (conversion.current) void stopCopy(conversion.current).catch(() => {});
    onClose();
  };
  return (
    <Dialog
      wide
      title={t('crop.title')}
      onClose={leave}
      footer={
        <>
          <p role="status" className="nums mr-auto self-center text-sm text-ink-2">
            {share !== null && share > 0
              ? t('fit.share', { n: Math.round(share * 100) })
              : t('media.pixels', { w: Math.round(box.width), h: Math.round(box.height) })}
          </p>
          <Button look="plain" onClick={leave}>
            {t('cancel')}
          </Button>
          <Button look="primary" busy={share !== null} onClick={() => void save()}>
            {t('crop.save')}
          </Button>
        </>
      }
    >
      <Stage file={file} box={box} focus={focus} onFocus={setFocus} />
      <fieldset className="mt-5">
        <legend className="mb-2 text-sm font-medium">{t('crop.shape')}</legend>
        <div className="grid gap-2 sm:grid-cols-2">
          {shapes.map((one) => (
            <label
              key={one.text}
              className={cx(
                'flex cursor-pointer items-center gap-3 rounded-[9px] border px-3 py-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent',
                one.text === shape.text ? 'border-accent bg-accent-soft' : 'border-line-strong hover:border-control',
              )}
            >
              <input
                type="radio"
                name={group}
                className="sr-only"
                checked={one.text === shape.text}
                onChange={() => setShape(one)}
              />
              <span aria-hidden className="grid size-7 shrink-0 place-items-center">
                <span
                  className="block border-2 border-current"
                  style={{
                    width: 24 * Math.min(1, one.width / one.height),
                    height: 24 * Math.min(1, one.height / one.width),
                  }}
                />
              </span>
              <span className="min-w-0">
                <span className="nums font-medium">{one.text}</span>
                {one.names && <span className="block text-[13px] leading-snug text-ink-2">{one.names}</span>}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <label className="mt-5 grid gap-1.5 text-sm font-medium">
        {t('crop.zoom')}
        <input
          type="range"
          min={100}
          max={400}
          step={10}
          value={zoom}
          onChange={(e) => setZoom(Number(e.target.value))}
          className="w-full accent-[var(--color-accent-fill)]"
        />
      </label>
      <p className="mt-3 text-[13px] text-ink-3">{t('crop.kept')}</p>
      {error !== null && <Trouble error={error} />}
    </Dialog>
  );
}

interface StageProps {
  file: MediaFile;
  box: { x: number; y: number; width: number; height: number };
  focus: { x: number; y: number };
  onFocus: (focus: { x: number; y: number }) => void;
}

const steps: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function Stage({ file, box, focus, onFocus }: StageProps) {
  const ref = useRef<HTMLDivElement>(null);
  const point = (e: PointerEvent) => {
    const frame = ref.current!.getBoundingClientRect();
    onFocus({ x: clamp((e.clientX - frame.left) / frame.width), y: clamp((e.clientY - frame.top) / frame.height) });
  };
  const nudge = (e: KeyboardEvent) => {
    const step = steps[e.key];
    if (!step) return;
    e.preventDefault();
    const far = e.shiftKey ? 0.1 : 0.01;
    onFocus({ x: clamp(focus.x + step[0] * far), y: clamp(focus.y + step[1] * far) });
  };
  const share = {
    left: box.x / file.width,
    top: box.y / file.height,
    right: 1 - (box.x + box.width) / file.width,
    bottom: 1 - (box.y + box.height) / file.height,
  };
  const place = {
    left: percent(share.left),
    top: percent(share.top),
    right: percent(share.right),
    bottom: percent(share.bottom),
  };
  return (
    <div
      ref={ref}
      className="relative mx-auto cursor-crosshair touch-none overflow-hidden rounded-lg bg-sunken select-none"
      style={{ aspectRatio: `${file.width} / ${file.height}`, maxHeight: '46dvh', width: 'auto', maxWidth: '100%' }}
      onPointerDown={(e) => {
        e.currentTarget.setPointerCapture(e.pointerId);
        point(e);
      }}
      onPointerMove={(e) => e.buttons === 1 && point(e)}
    >
      <Backdrop file={file} />
      <div
        aria-hidden
        className="pointer-events-none absolute border-2 border-white shadow-[0_0_0_9999px_rgb(0_0_0/0.55)]"
        style={place}
      />
      <button
        type="button"
        data-first
        aria-label={t('crop.focus', { x: Math.round(focus.x * 100), y: Math.round(focus.y * 100) })}
        onKeyDown={nudge}
        className="absolute grid size-9 -translate-x-1/2 -translate-y-1/2 place-items-center rounded-full outline-offset-2"
        style={{ left: percent(focus.x), top: percent(focus.y) }}
      >
        <span aria-hidden className="size-5 rounded-full border-2 border-white bg-black/40 shadow-[0_0_0_1px_rgb(0_0_0/0.5)]" />
      </button>
    </div>
  );
}

// The file itself where the browser can show it; else the small picture of it, made as large.
function Backdrop({ file }: { file: MediaFile }) {
  const [small, setSmall] = useState(file.mime === 'image/heic');
  const look = 'pointer-events-none size-full object-contain';
  if (file.mime.startsWith('video/')) return <video src={file.file} preload="metadata" muted className={look} />;
  return <img src={small ? thumbnailOf(file.id) : file.file} alt="" onError={() => setSmall(true)} className={look} />;
}
