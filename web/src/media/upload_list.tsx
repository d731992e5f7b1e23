import { CircleAlert, CircleCheck, RotateCcw, WifiOff, X } from 'lucide-react';
import { t } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { size, speed } from './read';
import type { Sending } from './uploads';

interface Props {
  list: Sending[];
  onCancel: (key: string) => void;
  onRetry: (item: Sending) => void;
  onClear: () => void;
}

export function UploadList({ list, onCancel, onRetry, onClear }: Props) {
  if (list.length === 0) return null;
  const open = list.filter((each) => each.state === 'waiting' || each.state === 'sending').length;
  const failed = list.filter((each) => each.state === 'failed').length;
  const done = list.length - open - failed;
  // What needs a person comes first.
  const sorted = [...list.filter((each) => each.state === 'failed'), ...list.filter((each) => each.state !== 'failed')];
  return (
    <section aria-label={t('media.uploads')} className="card mb-6 overflow-hidden">
      <div className="flex min-h-12 items-center gap-3 border-b border-line px-4 sm:px-5">
        <p role="status" className="flex-1 text-sm font-medium">
          {open > 0 ? t('media.uploadingN', { n: open }) : failed > 0 ? t('media.failedN', { n: failed }) : t('media.uploadedN', { n: done })}
        </p>
        {open === 0 && (
          <Button size="sm" look="plain" onClick={onClear}>
            {t('close')}
          </Button>
        )}
      </div>
      <ul className="max-h-72 divide-y divide-line overflow-y-auto">
        {sorted.map((item) => (
          <Row key={item.key} item={item} onCancel={() => onCancel(item.key)} onRetry={() => onRetry(item)} />
        ))}
      </ul>
    </section>
  );
}

// How far it is, in words: of large files it is worth knowing.
function standing({ file, progress }: Sending): string {
  if (progress.phase === 'waiting') return t('upload.offline');
  if (progress.phase === 'reading') return t('upload.reading');
  const sent = t('upload.sent', { sent: size(progress.share * file.size), all: size(file.size) });
  if (!progress.speed) return sent;
  const left = ((1 - progress.share) * file.size) / progress.speed;
  return [sent, speed(progress.speed), remaining(left)].join(' · ');
}
const remaining = (seconds: number) =>
  seconds < 90
    ? t('upload.leftSeconds', { n: Math.max(1, Math.round(seconds)) })
    : t('upload.leftMinutes', { n: Math.round(seconds / 60) });

function Row({ item, onCancel, onRetry }: { item: Sending; onCancel: () => void; onRetry: () => void }) {
  const { file, state, progress, error } = item;
  const busy = state === 'waiting' || state === 'sending';
  return (
    <li className="flex items-center gap-3 px-4 py-2.5 text-sm sm:px-5" data-upload={file.name}>
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2">
          <span className="truncate font-medium">{file.name}</span>
          {state !== 'sending' && <span className="shrink-0 text-[13px] text-ink-3">{size(file.size)}</span>}
        </p>
        {busy && (
          <progress
            className="upload-bar mt-1.5 block h-1.5 w-full"
            aria-label={t('media.uploading', { name: file.name })}
            max={1}
            value={state === 'sending' ? progress.share : 0}
          />
        )}
        {state === 'sending' && (
          <p className="nums mt-1 flex items-center gap-1.5 text-[13px] text-ink-3" data-standing>
            {progress.phase === 'waiting' && <WifiOff size={13} aria-hidden className="shrink-0 text-warn" />}
            {standing(item)}
          </p>
        )}
        {error && <p className="text-[13px] text-bad">{error}</p>}
      </div>
      {state === 'sending' && (
        <span className="nums w-10 text-right text-[13px] text-ink-3">{Math.floor(progress.share * 100)} %</span>
      )}
      {state === 'waiting' && <span className="text-[13px] text-ink-3">{t('media.waiting')}</span>}
      {state === 'done' && (
        <>
          <span className="sr-only">{t('done')}</span>
          <CircleCheck size={18} aria-hidden className="text-ok" />
        </>
      )}
      {state === 'failed' && (
        <>
          <CircleAlert size={18} aria-hidden className="text-bad" />
          <IconButton icon={RotateCcw} label={t('media.again', { name: file.name })} onClick={onRetry} />
        </>
      )}
      {state !== 'done' && <IconButton icon={X} label={t('media.cancel', { name: file.name })} onClick={onCancel} />}
    </li>
  );
}
