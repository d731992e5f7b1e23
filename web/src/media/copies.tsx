// A file and its copies belong together: a copy says what it was made from and how, an original lists its copies.
import { useQuery } from '@tanstack/react-query';
import { api, ask, type MediaFile } from '../api/client';
import { t } from '../i18n';
import { thumbnailOf } from '../previews';
import { size } from './read';

export function Copies({ file }: { file: MediaFile }) {
  const { data: copies } = useQuery({
    queryKey: ['shelf', 'copies', file.id],
    queryFn: () =>
      ask(api.GET('/api/v1/media/{id}/derivatives', { params: { path: { id: file.id } } })).then((list) => list.items),
  });
  return (
    <>
      {file.origin && (
        <section className="mt-5">
          <h3 className="mb-2 text-sm font-semibold">{t('fit.madeFrom')}</h3>
          <Line id={file.origin.media} name={file.origin.name} more={file.origin.label} />
        </section>
      )}
      {copies && copies.length > 0 && (
        <section className="mt-5">
          <h3 className="mb-2 text-sm font-semibold">{t('fit.copies', { n: copies.length })}</h3>
          <ul className="grid gap-2">
            {copies.map((copy) => (
              <li key={copy.file.id}>
                <Line
                  id={copy.file.id}
                  name={copy.label}
                  more={[t('media.pixels', { w: copy.file.width, h: copy.file.height }), size(copy.file.bytes)].join(' · ')}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Line({ id, name, more }: { id: string; name: string; more: string }) {
  return (
    <div className="flex items-center gap-3 rounded-lg border border-line p-2">
      <img src={thumbnailOf(id)} alt="" className="size-12 shrink-0 rounded bg-sunken object-contain" />
      <span className="min-w-0 text-sm">
        <span className="block truncate font-medium">{name}</span>
        <span className="nums block truncate text-[13px] text-ink-3">{more}</span>
      </span>
    </div>
  );
}
