// What a copy says of itself: how it was made, how it looks beside its original, and the way back to that.
import { useQuery } from '@tanstack/react-query';
import { Crop } from 'lucide-react';
import type { MediaFile } from '../api/client';
import { t } from '../i18n';
import { fileQuery } from '../media/read';
import { thumbnailOf } from '../previews/thumbnail';

// A file as the composer needs it: with what it was made from. It never changes.
export const useFile = (id: string | undefined) =>
  useQuery({ ...fileQuery(id ?? ''), enabled: !!id, staleTime: 60_000 }).data;

export function MadeMark({ id }: { id: string }) {
  const origin = useFile(id)?.origin;
  if (!origin) return null;
  return (
    <p className="mt-1 flex gap-1 text-[11.5px] leading-snug text-ink-2">
      <Crop size={12} aria-hidden className="mt-0.5 shrink-0" />
      <span className="line-clamp-3 min-w-0">{origin.label}</span>
    </p>
  );
}

export function Compare({ file }: { file: MediaFile }) {
  const origin = useFile(file.origin?.media);
  if (!file.origin) return null;
  const sides = [
    { name: t('fit.original'), of: origin, id: file.origin.media },
    { name: file.origin.label, of: file, id: file.id },
  ];
  return (
    <div className="grid grid-cols-2 gap-3">
      {sides.map((side) => (
        <figure key={side.id} className="min-w-0">
          <div className="grid h-52 place-items-center rounded-lg bg-sunken p-2">
            <img src={thumbnailOf(side.id)} alt="" className="max-h-full max-w-full rounded" />
          </div>
          <figcaption className="mt-1.5 text-[13px] text-ink-2">
            <span className="font-medium text-ink">{side.name}</span>
            {side.of && side.of.width > 0 && (
              <span className="nums block">{t('media.pixels', { w: side.of.width, h: side.of.height })}</span>
            )}
          </figcaption>
        </figure>
      ))}
    </div>
  );
}
