import { ArrowUpRight, Heart, MessageCircle, Share } from 'lucide-react';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { emptyText, hostOf, MediaGrid, RichText, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#5f5f5f,#b0b0b0)]';

// A pin: the picture first, then its title and what is said about it.
export function PinterestPreview({ name, parts, options, when }: PreviewProps) {
  const part = parts[0];
  const title = String(options.pin_title || '');
  if (!part) return null;
  return (
    <article className="font-native mx-auto max-w-sm overflow-hidden rounded-[28px] border border-[light-dark(#e9e9e9,#333333)] bg-[light-dark(#ffffff,#171717)] text-[15px] leading-[21px] text-[light-dark(#111111,#f1f1f1)]">
      <div className="relative">
        {part.media.length ? (
          <MediaGrid media={part.media} gap="gap-0" single="aspect-[2/3]" />
        ) : (
          <div className="aspect-[2/3] bg-[light-dark(#ececec,#2a2a2a)]" />
        )}
        {part.link && (
          <span className="absolute bottom-3 left-3 inline-flex items-center gap-1 rounded-full bg-white/90 px-3 py-1 text-[13px] font-semibold text-black">
            <ArrowUpRight size={14} aria-hidden />
            {hostOf(part.link)}
          </span>
        )}
      </div>
      <div className="grid gap-1.5 px-4 pt-3 pb-4">
        <div aria-hidden className="flex gap-4">
          <Heart size={20} />
          <MessageCircle size={20} />
          <Share size={20} />
        </div>
        {title && <p className="text-[18px] leading-6 font-semibold">{title}</p>}
        <p className={cx('break-words whitespace-pre-wrap', !part.text && grey)}>
          {part.text ? <RichText text={part.text} link="font-semibold" /> : emptyText()}
        </p>
        <p className={cx('mt-1 flex items-center gap-2 text-[14px]', grey)}>
          <Avatar name={name} size={26} />
          <span className="truncate">{name}</span>
          <span className="ml-auto shrink-0">{when}</span>
        </p>
      </div>
    </article>
  );
}
