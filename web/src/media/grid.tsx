import { useRef } from 'react';
import type { MediaFile } from '../api/client';
import { t } from '../i18n';
import { MediaCard } from './card';
import { carry } from './carry';

interface GridProps {
  files: MediaFile[];
  may: boolean;
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
  onOpen: (file: MediaFile) => void;
}

export function Grid({ files, may, chosen, onChosen, onOpen }: GridProps) {
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
          onCarry={(e) => carry(e, chosen.has(file.id) ? files.filter((each) => chosen.has(each.id)) : [file])}
        />
      ))}
    </ul>
  );
}
