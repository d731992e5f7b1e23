// One picture or film of a post: what it shows, for those who do not see it; its crop; its cover.
import { Crop, Film, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Network } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Field, inputClass } from '../kit/field';
import { thumbnailOf } from '../previews/thumbnail';
import { CoverDialog } from './cover_dialog';
import { CropDialog } from './crop_dialog';
import type { MediaDraft } from './draft';
import { Compare, useFile } from './made_mark';

interface Props {
  media: MediaDraft;
  maxAlt: number;
  networks: Network[]; // of this text
  onChange: (change: Partial<MediaDraft>) => void; // everywhere it stands
  onSwap: (change: Pick<MediaDraft, 'id' | 'name' | 'mime'>) => void; // in this text
  onClose: () => void;
}

export function MediaDialog({ media, maxAlt, networks, onChange, onSwap, onClose }: Props) {
  const [alt, setAlt] = useState(media.alt);
  const [open, setOpen] = useState<'crop' | 'cover' | null>(null);
  const file = useFile(media.id);
  const original = useFile(file?.origin?.media) ?? file;
  const video = (file?.mime ?? media.mime).startsWith('video/');
  const takesCover = networks.some((n) => n.covers.length > 0);
  const swap = (made: { id: string; name: string; mime: string }) => {
    onSwap({ id: made.id, name: made.name, mime: made.mime });
    setOpen(null);
  };
  if (open === 'crop' && original)
    return <CropDialog file={original} networks={networks} onDone={swap} onClose={() => setOpen(null)} />;
  if (open === 'cover' && file)
    return (
      <CoverDialog
        file={file}
        cover={media.cover}
        networks={networks}
        onDone={(cover) => (onChange({ cover }), setOpen(null))}
        onClose={() => setOpen(null)}
      />
    );
  return (
    <Dialog
      title={t('media.altTitle')}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" onClick={() => (onChange({ alt: alt.trim() }), onClose())}>
            {t('done')}
          </Button>
        </>
      }
    >
      {file?.origin ? (
        <Compare file={file} />
      ) : video ? (
        <video
          src={`/api/v1/media/${media.id}/file`}
          poster={thumbnailOf(media.cover?.picture ?? media.id!)}
          controls
          className="max-h-72 w-full rounded-lg bg-black"
        />
      ) : (
        <img src={thumbnailOf(media.id!)} alt={media.alt} className="mx-auto max-h-72 rounded-lg" />
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {original && original.width > 0 && (
          <Button size="sm" icon={Crop} onClick={() => setOpen('crop')}>
            {t('crop.open')}
          </Button>
        )}
        {video && file && takesCover && (
          <Button size="sm" icon={Film} onClick={() => setOpen('cover')}>
            {media.cover ? t('cover.change') : t('cover.open')}
          </Button>
        )}
        {file?.origin && (
          <Button size="sm" icon={Undo2} onClick={() => original && swap(original)}>
            {t('fit.back')}
          </Button>
        )}
      </div>
      <Field
        className="mt-4"
        label={t('media.alt')}
        hint={maxAlt ? t('media.altHint', { n: [...alt].length, max: maxAlt }) : t('media.altUnused')}
      >
        {(ids) => (
          <textarea
            {...ids}
            data-first
            rows={3}
            value={alt}
            onChange={(e) => setAlt(e.target.value)}
            className={cx(inputClass, 'h-auto py-2')}
          />
        )}
      </Field>
    </Dialog>
  );
}
