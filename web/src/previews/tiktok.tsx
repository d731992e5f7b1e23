import { Bookmark, Heart, MessageCircle, Music2, Share2 } from 'lucide-react';
import { Avatar } from '../networks/avatar';
import { emptyText, RichText, type PreviewProps } from './parts';

// An upright film that fills the screen; the words lie over its lower end.
export function TiktokPreview({ name, handle, parts }: PreviewProps) {
  const part = parts[0];
  if (!part) return null;
  const text = [part.text, part.link].filter(Boolean).join(' ');
  const src = part.media[0]?.src;
  return (
    <article className="font-native relative mx-auto aspect-[9/16] max-w-xs overflow-hidden rounded-2xl bg-[#161616] text-[14px] leading-5 text-white">
      {src && <img src={src} alt={part.media[0]?.alt ?? ''} className="absolute inset-0 size-full object-cover" />}
      <div aria-hidden className="absolute right-2.5 bottom-24 grid justify-items-center gap-5">
        <Avatar name={name} size={42} />
        <Heart size={28} fill="currentColor" />
        <MessageCircle size={28} fill="currentColor" />
        <Bookmark size={28} fill="currentColor" />
        <Share2 size={26} />
      </div>
      <div className="absolute inset-x-0 bottom-0 bg-gradient-to-t from-black/85 to-transparent px-3.5 pt-16 pr-16 pb-4">
        <p className="font-semibold">{handle || name}</p>
        <p className="mt-1 line-clamp-4 break-words whitespace-pre-wrap">
          {text ? <RichText text={text} link="font-semibold" /> : emptyText()}
        </p>
        <p aria-hidden className="mt-2 flex items-center gap-1.5 text-[13px]">
          <Music2 size={14} />
          <span className="truncate">{name}</span>
        </p>
      </div>
    </article>
  );
}
