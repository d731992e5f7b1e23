// One file: what it is, what people say about it, who uses it, and the way to the original.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, ask, Problem, type MediaFile } from '../api/client';
import { t, tWord } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Waiting } from '../kit/empty';
import { Field, inputClass, TextField } from '../kit/field';
import { Trouble } from '../kit/note';
import { At } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { cx } from '../kit/cx';
import { Picture } from './card';
import { Copies, useCopies } from './copies';
import { FolderChoice } from './folder_choice';
import { fileQuery, length, size } from './read';
import { TagInput } from './tag_input';

interface Props {
  id: string;
  mayChange: boolean;
  onRemove: (file: MediaFile) => void;
  onOpen: (id: string) => void;
  onClose: () => void;
}

export function FilePanel({ id, mayChange, onRemove, onOpen, onClose }: Props) {
  const { data: file, error, isPending } = useQuery(fileQuery(id));
  const copyUsed = useCopies(id)?.some((copy) => copy.file.uses > 0) ?? false;
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
          {mayChange && (
            <Button
              look="plain"
              icon={Trash2}
              className="mr-auto"
              disabled={file.uses > 0 || copyUsed}
              onClick={() => onRemove(file)}
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
      <Copies file={file} onOpen={onOpen} />
      {mayChange ? <Described key={file.id} file={file} /> : <Said file={file} />}
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
          {mayChange && <p className="mt-3 text-[13px] text-ink-3">{t('media.protected')}</p>}
        </>
      ) : (
        <p className="text-sm text-ink-2">{copyUsed ? t('fit.copiesUsed') : t('media.unusedText')}</p>
      )}
    </Dialog>
  );
}

// For those who only look.
function Said({ file }: { file: MediaFile }) {
  if (!file.alt && file.tags.length === 0) return null;
  return (
    <div className="mt-5 grid gap-2 text-sm">
      {file.alt && <p>{file.alt}</p>}
      {file.tags.length > 0 && <p className="text-ink-2">{file.tags.join(' · ')}</p>}
    </div>
  );
}

// Name, alternative text, tags and folder; saved together.
function Described({ file }: { file: MediaFile }) {
  const queries = useQueryClient();
  const [name, setName] = useState(file.name);
  const [alt, setAlt] = useState(file.alt);
  const [tags, setTags] = useState(file.tags);
  const [folder, setFolder] = useState(file.folder);
  const changed =
    name.trim() !== file.name || alt.trim() !== file.alt || folder !== file.folder || tags.join('\n') !== file.tags.join('\n');
  const save = useMutation({
    mutationFn: () =>
      ask(api.PATCH('/api/v1/media/{id}', { params: { path: { id: file.id } }, body: { name, alt, tags, folder } })),
    onSuccess: (saved) => {
      setName(saved.name);
      setAlt(saved.alt);
      setTags(saved.tags);
      setFolder(saved.folder);
      toastDone(t('library.saved'));
      void queries.invalidateQueries({ queryKey: ['shelf'] });
    },
    onError: (error) => !(error instanceof Problem && error.body.field) && toastError(error),
  });
  const wrong = (field: string) => (save.error instanceof Problem ? save.error.fieldError(field) : undefined);
  return (
    <form
      className="mt-6 grid gap-4 border-t border-line pt-5"
      onSubmit={(e) => {
        e.preventDefault();
        if (changed && name.trim()) save.mutate();
      }}
    >
      <TextField
        label={t('library.name')}
        value={name}
        maxLength={200}
        error={wrong('name')}
        onChange={(e) => setName(e.target.value)}
      />
      <Field label={t('media.alt')} hint={t('library.altHint')} error={wrong('alt')}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            value={alt}
            maxLength={5000}
            onChange={(e) => setAlt(e.target.value)}
            className={cx(inputClass, 'h-auto py-2')}
          />
        )}
      </Field>
      <TagInput label={t('library.tags')} tags={tags} onChange={setTags} />
      {wrong('tags') && (
        <p role="alert" className="text-[13px] font-medium text-bad">
          {wrong('tags')}
        </p>
      )}
      <FolderChoice value={folder} onChange={setFolder} />
      {wrong('folder') && (
        <p role="alert" className="text-[13px] font-medium text-bad">
          {wrong('folder')}
        </p>
      )}
      <div>
        <Button type="submit" look="primary" busy={save.isPending} disabled={!changed || !name.trim()}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
