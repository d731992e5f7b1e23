import { Earth, Forward, MessageSquare, MoreHorizontal, ThumbsUp } from 'lucide-react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { Clamp } from './clamp';
import { emptyText, hostOf, MediaGrid, RichText, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#5c6066,#b0b3b8)]';
const blue = 'text-[light-dark(#0559c4,#75b6ff)]';

export function FacebookPreview({ name, parts, when }: PreviewProps) {
  const part = parts[0]!;
  const bare = !part.media.length && !part.link;
  const big = bare && part.text.length > 0 && part.text.length <= 85 && !part.text.includes('\n');
  return (
    <article className="font-native overflow-hidden rounded-lg border border-[light-dark(#dddfe2,#3a3b3c)] bg-[light-dark(#ffffff,#242526)] text-[15px] leading-5 text-[light-dark(#080809,#e4e6eb)] shadow-1">
      <div className="flex items-center gap-2.5 px-4 pt-3">
        <Avatar name={name} size={40} />
        <div className="min-w-0 flex-1 leading-tight">
          <p className="truncate font-semibold">{name}</p>
          <p className={cx('flex items-center gap-1 text-[13px]', grey)}>
            {when} · <Earth size={12} aria-hidden />
          </p>
        </div>
        <MoreHorizontal size={20} aria-hidden className={grey} />
      </div>
      <div className={cx('px-4 pt-2.5 pb-3', big && 'text-2xl leading-7')}>
        {part.text ? (
          <Clamp lines={5} more={t('preview.seeMore')} className="break-words whitespace-pre-wrap">
            <RichText text={part.text} link={blue} />
          </Clamp>
        ) : (
          <p className={grey}>{emptyText()}</p>
        )}
      </div>
      <MediaGrid media={part.media} gap="gap-0.5" single="aspect-[4/3]" />
      {part.link && !part.media.length && (
        <div className="border-y border-[light-dark(#dddfe2,#3a3b3c)] bg-[light-dark(#f0f2f5,#3a3b3c)]">
          <div className="aspect-[1.91] bg-[light-dark(#e2e5e9,#2d2e2f)]" />
          <div className="px-4 py-2.5">
            <p className={cx('text-[12px] uppercase', grey)}>{hostOf(part.link)}</p>
            <p className="truncate font-semibold">{part.link.replace(/^https?:\/\//, '')}</p>
          </div>
        </div>
      )}
      <div
        aria-hidden
        className={cx(
          'mx-4 flex items-center justify-around py-2 text-[14.5px] font-semibold',
          grey,
          bare || part.media.length ? 'border-t border-[light-dark(#dddfe2,#3a3b3c)]' : '',
        )}
      >
        <span className="flex items-center gap-2">
          <ThumbsUp size={18} /> {t('preview.like')}
        </span>
        <span className="flex items-center gap-2">
          <MessageSquare size={18} /> {t('preview.comment')}
        </span>
        <span className="flex items-center gap-2">
          <Forward size={19} /> {t('preview.share')}
        </span>
      </div>
    </article>
  );
}
