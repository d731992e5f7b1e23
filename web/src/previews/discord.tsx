import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { emptyText, hostOf, MediaGrid, RichText, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#5c5e66,#a3a6ad)]';
const blue = 'text-[light-dark(#0062c4,#4fb0ff)]';

export function DiscordPreview({ name, parts, options, when }: PreviewProps) {
  const shown = String(options.webhook_name || '') || name;
  return (
    <div className="font-native rounded-lg border border-[light-dark(#e0e0e4,#3f4147)] bg-[light-dark(#ffffff,#313338)] py-3 text-[15px] leading-[22px] text-[light-dark(#2e3035,#dbdee1)]">
      {parts.map((part, i) => (
        <article key={i} className="flex gap-3.5 px-4 py-1.5">
          <Avatar name={shown} size={40} />
          <div className="min-w-0 flex-1">
            <p className="flex min-w-0 items-baseline gap-2">
              <span className="truncate font-semibold">{shown}</span>
              <span className="rounded bg-[#5058d8] px-1 text-[10px] leading-4 font-semibold text-white">
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
              <div className="mt-1.5 max-w-md rounded border-l-4 border-[light-dark(#c9cbd1,#1e1f22)] bg-[light-dark(#f2f3f5,#2b2d31)] px-3 py-2">
                <p className={cx('text-[12px]', grey)}>{hostOf(part.link)}</p>
                <p className={cx('truncate font-semibold', blue)}>{part.link.replace(/^https?:\/\//, '')}</p>
              </div>
            )}
            <MediaGrid media={part.media} gap="gap-1" className="mt-1.5 max-w-md rounded-lg" single="aspect-[4/3]" />
          </div>
        </article>
      ))}
    </div>
  );
}
