// A file and its copies belong together: a copy says what it was made from and how, an original lists its copies and
// the networks that they are for. The library shows originals; copies are found here.
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { api, ask, type MediaFile } from '../api/client';
import { list, t } from '../i18n';
import { thumbnailOf } from '../previews/thumbnail';
import { size } from './read';

export const useCopies = (id: string) =>
  useQuery({
    queryKey: ['shelf', 'copies', id],
    queryFn: () => ask(api.GET('/api/v1/media/{id}/derivatives', { params: { path: { id } } })).then((all) => all.items),
  }).data;

export function Copies({ file, onOpen }: { file: MediaFile; onOpen: (id: string) => void }) {
  const copies = useCopies(file.id);
  const networks = [...new Set(copies?.flatMap((copy) => copy.fits))];
  return (
    <>
      {file.origin && (
        <section className="mt-5">
          <h3 className="mb-2 text-sm font-semibold">{t('fit.madeFrom')}</h3>
          <Line id={file.origin.media} name={file.origin.name} more={file.origin.label} onOpen={onOpen} />
        </section>
      )}
      {copies && copies.length > 0 && (
        <section className="mt-5">
          <h3 className="mb-2 text-sm font-semibold">
            {networks.length
              ? t('fit.copiesFor', { n: copies.length, networks: list(networks) })
              : t('fit.copies', { n: copies.length })}
          </h3>
          <ul className="grid gap-2">
            {copies.map((copy) => (
              <li key={copy.file.id}>
                <Line
                  id={copy.file.id}
                  name={copy.label}
                  more={[
                    copy.fits.length > 0 && list(copy.fits),
                    t('media.pixels', { w: copy.file.width, h: copy.file.height }),
                    size(copy.file.bytes),
                    copy.file.uses > 0 && t('media.usedIn', { n: copy.file.uses }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                  onOpen={onOpen}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface LineProps {
  id: string;
  name: string;
  more: string;
  onOpen: (id: string) => void;
}

function Line({ id, name, more, onOpen }: LineProps) {
  return (
    <button
      type="button"
      onClick={() => onOpen(id)}
      className="flex w-full items-center gap-3 rounded-lg border border-line p-2 text-left hover:border-control"
    >
      <img src={thumbnailOf(id)} alt="" className="size-12 shrink-0 rounded bg-sunken object-contain" />
      <span className="min-w-0 flex-1 text-sm">
        <span className="block truncate font-medium">{name}</span>
        <span className="nums block text-[13px] text-ink-3">{more}</span>
      </span>
      <ChevronRight size={16} aria-hidden className="shrink-0 text-ink-3" />
    </button>
  );
}
