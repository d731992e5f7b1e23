// One file: what it is, who uses it, and the way to the original.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download, Trash2 } from 'lucide-react';
import { t, tWord } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { At } from '../kit/time';
import { Picture } from './card';
import { fileQuery, length, size } from './read';

interface Props {
  id: string;
  mayRemove: boolean;
  onRemove: (id: string) => void;
  onClose: () => void;
}

export function FilePanel({ id, mayRemove, onRemove, onClose }: Props) {
  const { data: file, error, isPending } = useQuery(fileQuery(id));
  if (!file)
    return (
      <Dialog side title={t('media.file')} onClose={onClose}>
        {isPending && <Waiting rows={2} label={t('loading')} />}
        {error && <Trouble error={error} />}
      </Dialog>
    );
  const facts: [string, React.ReactNode][] = [
    [t('media.kind'), [file.mime, file.codec].filter(Boolean).join(' · ')],
    [t('media.size'), size(file.bytes)],
  ];
  if (file.width > 0) facts.push([t('media.measures'), t('media.pixels', { w: file.width, h: file.height })]);
  if (file.duration_s > 0) facts.push([t('media.length'), length(file.duration_s)]);
  facts.push([t('media.uploaded'), <At key="at" at={file.created} />]);
  return (
    <Dialog
      side
      title={file.name}
      onClose={onClose}
      footer={
        <>
          {mayRemove && (
            <Button
              look="plain"
              icon={Trash2}
              className="mr-auto"
              disabled={file.uses > 0}
              onClick={() => onRemove(file.id)}
            >
              {t('media.delete')}
            </Button>
          )}
          <a href={file.file} download={file.name} className={buttonClass('quiet')}>
            <Download size={16} aria-hidden />
            {t('media.download')}
          </a>
        </>
      }
    >
      <Picture file={file} whole className="aspect-[4/3] w-full rounded-lg" />
      <dl className="mt-5 grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="nums min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className="mt-6 mb-2 font-semibold">{file.uses > 0 ? t('media.usedIn', { n: file.uses }) : t('media.unused')}</h3>
      {file.uses > 0 ? (
        <>
          <ul className="divide-y divide-line rounded-lg border border-line">
            {file.used_by?.map((use) => (
              <li key={use.post}>
                <Link
                  to="/posts/$id"
                  params={{ id: use.post }}
                  className="focus-inset flex items-baseline gap-3 px-3.5 py-2.5 text-sm hover:bg-raised"
                >
                  <span className="min-w-0 flex-1 truncate font-medium">{use.text || t('media.noText')}</span>
                  <span className="shrink-0 text-[13px] text-ink-3">
                    {use.due ? <At at={use.due} /> : tWord('postState', use.state)}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {mayRemove && <p className="mt-3 text-[13px] text-ink-3">{t('media.protected')}</p>}
        </>
      ) : (
        <p className="text-sm text-ink-2">{t('media.unusedText')}</p>
      )}
    </Dialog>
  );
}
