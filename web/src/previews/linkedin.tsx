import { Earth, FileText, MessageSquareText, MoreHorizontal, Repeat2, Send, ThumbsUp } from 'lucide-react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { Clamp } from './clamp';
import { Choices, emptyText, hostOf, MediaGrid, RichText, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#5e5e5e,#a8adb3)]';
const blue = 'font-semibold text-[light-dark(#0a55a3,#71b7fb)]';
const line = 'border-[light-dark(#dfdeda,#38434f)]';

export function LinkedinPreview({ name, parts, options, when }: PreviewProps) {
  const part = parts[0]!;
  const card = part.link && (!part.media.length || options.linkedin_link === 'card') && !part.poll;
  const title = String(options.linkedin_title ?? '') || part.text.split('\n')[0] || hostOf(part.link);
  const body = card || !part.link ? part.text : [part.text, part.link].filter(Boolean).join('\n');
  const paper = part.media.some((m) => m.document);
  return (
    <article
      className={cx(
        'font-native overflow-hidden rounded-lg border bg-[light-dark(#ffffff,#1b1f23)] text-[14px] leading-5 text-[light-dark(#191919,#e9e9ea)]',
        line,
      )}
    >
      <div className="flex items-start gap-2 px-4 pt-3">
        <Avatar name={name} size={48} />
        <div className="min-w-0 flex-1 leading-tight">
          <p className="truncate font-semibold">{name}</p>
          <p className={cx('mt-1 flex items-center gap-1 text-[12px]', grey)}>
            {when} · <Earth size={13} aria-hidden />
          </p>
        </div>
        <MoreHorizontal size={22} aria-hidden className={grey} />
      </div>
      <div className="px-4 py-2.5">
        {body ? (
          <Clamp lines={3} more={t('preview.seeMore')} className="break-words whitespace-pre-wrap">
            <RichText text={body} link={blue} />
          </Clamp>
        ) : (
          !card && <p className={grey}>{emptyText()}</p>
        )}
        <Choices poll={part.poll} className={cx('rounded-full border border-current text-center font-semibold', blue)} />
      </div>
      {paper ? (
        <div className={cx('grid aspect-[4/3] place-items-center border-y bg-[light-dark(#f4f2ee,#11161b)]', line)}>
          <p className="grid justify-items-center gap-2 px-6 text-center font-semibold">
            <FileText size={40} aria-hidden className={grey} />
            {title}
          </p>
        </div>
      ) : (
        <MediaGrid media={part.media} gap="gap-0.5" single="aspect-[1.91]" />
      )}
      {card && (
        <div className={cx('border-y bg-[light-dark(#edf3f8,#26313b)] px-4 py-3', line)}>
          <p className="line-clamp-2 font-semibold">{title}</p>
          <p className={cx('mt-1 text-[12px]', grey)}>{hostOf(part.link)}</p>
        </div>
      )}
      <div aria-hidden className={cx('mx-4 flex items-center justify-between border-t py-2.5 text-[13px] font-semibold', line, grey)}>
        <span className="flex items-center gap-1.5">
          <ThumbsUp size={18} /> {t('preview.like')}
        </span>
        <span className="flex items-center gap-1.5">
          <MessageSquareText size={18} /> {t('preview.comment')}
        </span>
        <span className="flex items-center gap-1.5">
          <Repeat2 size={19} /> {t('preview.share')}
        </span>
        <Send size={18} />
      </div>
    </article>
  );
}
