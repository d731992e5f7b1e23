import { Hash } from 'lucide-react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { emptyText, hostOf, MediaGrid, RichText, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#5e5d60,#ababad)]';
const blue = 'text-[light-dark(#1264a3,#4da3e0)]';
const line = 'border-[light-dark(#e2e2e2,#35373b)]';

// Later parts are replies in the thread of the first.
export function SlackPreview({ name, parts, options, when }: PreviewProps) {
  return (
    <div
      className={cx(
        'font-native overflow-hidden rounded-lg border bg-[light-dark(#ffffff,#1a1d21)] text-[15px] leading-[22px] text-[light-dark(#1d1c1d,#d1d2d3)]',
        line,
      )}
    >
      <p className={cx('flex items-center gap-1 border-b px-4 py-2.5 font-bold', line)}>
        <Hash size={15} aria-hidden />
        <span className="truncate">{name}</span>
      </p>
      {parts.map((part, i) => (
        <article key={i} className={cx('flex gap-2.5 px-4 py-3', i > 0 && cx('ml-6 border-l-2', line))}>
          <span className="grid shrink-0 overflow-hidden rounded-md [&>span>span]:rounded-md">
            <Avatar name="Carillon" size={36} />
          </span>
          <div className="min-w-0 flex-1">
            <p className="flex min-w-0 items-baseline gap-1.5">
              <span className="truncate font-bold">Carillon</span>
              <span
                className={cx('rounded bg-[light-dark(#ececec,#35373b)] px-1 text-[10px] leading-4 font-semibold', grey)}
              >
                {t('preview.app')}
              </span>
              <span className={cx('shrink-0 text-[12px]', grey)}>{when}</span>
            </p>
            <p className={cx('break-words whitespace-pre-wrap', !part.text && !part.link && grey)}>
              {part.text || part.link ? (
                <RichText text={[part.text, part.link].filter(Boolean).join('\n')} link={blue} />
              ) : part.media.length ? (
                ''
              ) : (
                emptyText()
              )}
            </p>
            {part.link && String(options.link_preview ?? 'true') !== 'false' && (
              <div className={cx('mt-1.5 border-l-4 pl-3', line)}>
                <p className="text-[14px] font-bold">{hostOf(part.link)}</p>
                <p className={cx('truncate', blue)}>{part.link.replace(/^https?:\/\//, '')}</p>
              </div>
            )}
            <MediaGrid media={part.media} gap="gap-1.5" className="mt-2 max-w-md rounded-md" single="aspect-[4/3]" />
          </div>
        </article>
      ))}
    </div>
  );
}
