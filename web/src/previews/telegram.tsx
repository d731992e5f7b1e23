import { Eye, Forward, Megaphone } from 'lucide-react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { Choices, emptyText, hostOf, MediaGrid, RichText, type PreviewProps } from './parts';

const blue = 'text-[light-dark(#1268a8,#79c4fc)]';
const grey = 'text-[light-dark(#5f7284,#8fa3b5)]';

export function TelegramPreview({ name, handle, parts, options, when }: PreviewProps) {
  return (
    <div className="font-native overflow-hidden rounded-xl border border-[light-dark(#cfd8c8,#1f2a33)] text-[15px] leading-[21px]">
      <div className="flex items-center gap-2.5 bg-[light-dark(#ffffff,#17212b)] px-3.5 py-2 text-[light-dark(#0b0b0b,#f5f5f5)]">
        <Avatar name={name} size={34} />
        <div className="min-w-0 leading-tight">
          <p className="flex items-center gap-1.5 font-semibold">
            <Megaphone size={13} aria-hidden className={grey} />
            <span className="truncate">{name}</span>
          </p>
          <p className={cx('truncate text-[13px]', grey)}>{handle}</p>
        </div>
      </div>
      <div className="grid gap-2 bg-[light-dark(#b9cf9c,#0e1621)] bg-[radial-gradient(circle_at_20%_15%,light-dark(#dbe3a8,#16232f),transparent_55%),radial-gradient(circle_at_85%_85%,light-dark(#86b690,#101f2b),transparent_60%)] px-3 py-4">
        {parts.map((part, i) => (
          <div key={i} className="flex items-end gap-2">
            <article
              className={cx(
                part.media.length ? 'w-[92%]' : 'w-fit max-w-[92%]',
                'min-w-48 overflow-hidden rounded-[15px] rounded-bl-[4px] bg-[light-dark(#ffffff,#182533)] text-[light-dark(#0b0b0b,#f5f5f5)] shadow-1',
              )}
            >
              <MediaGrid media={part.media} gap="gap-0.5" single="aspect-[4/3]" />
              <div className="px-3 pt-2 pb-1.5">
                {!part.media.length && <p className={cx('text-[14px] font-semibold', blue)}>{name}</p>}
                <p className={cx('break-words whitespace-pre-wrap', !part.text && !part.link && grey)}>
                  {part.text || part.link ? (
                    <RichText text={[part.text, part.link].filter(Boolean).join('\n\n')} link={blue} />
                  ) : part.media.length ? (
                    ''
                  ) : (
                    emptyText()
                  )}
                </p>
                {part.link && !part.media.length && String(options.link_preview ?? 'true') !== 'false' && (
                  <div className="mt-1.5 rounded-[5px] border-l-[3px] border-[light-dark(#2f8fd0,#79c4fc)] bg-[light-dark(#eaf4fc,#1f3346)] px-2.5 py-1.5 text-[14px] leading-snug">
                    <p className={cx('font-semibold', blue)}>{hostOf(part.link)}</p>
                    <p className="truncate">{part.link.replace(/^https?:\/\//, '')}</p>
                  </div>
                )}
                <Choices poll={part.poll} className="border-b border-[light-dark(#e3e8ec,#24323f)]" />
                <p className={cx('mt-0.5 flex items-center justify-end gap-1.5 text-[12px]', grey)}>
                  <Eye size={14} aria-hidden />
                  <span>{t('preview.views')}</span>
                  {when}
                </p>
              </div>
            </article>
            <span
              aria-hidden
              className="mb-1 grid size-8 shrink-0 place-items-center rounded-full bg-black/30 text-white"
            >
              <Forward size={16} />
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
