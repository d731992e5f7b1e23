import { Bookmark, Heart, Image as ImageIcon, MessageCircle, MoreHorizontal, Play, Send } from 'lucide-react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { Clamp } from './clamp';
import { emptyText, RichText, type PreviewMedia, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#646b74,#a8b0b8)]';
const blue = 'text-[light-dark(#2b47c4,#a9b8ff)]';

function Frame({ media, className }: { media: PreviewMedia | undefined; className: string }) {
  return (
    <div className={cx('relative overflow-hidden bg-[light-dark(#e6e9ed,#22272d)]', className)}>
      {media?.src ? (
        <img src={media.src} alt={media.alt} className="absolute inset-0 size-full object-cover" />
      ) : (
        <ImageIcon aria-hidden size={36} className={cx('absolute inset-0 m-auto', grey)} />
      )}
      {media?.video && (
        <span aria-hidden className="absolute top-3 right-3 grid size-8 place-items-center rounded-full bg-black/60 text-white">
          <Play size={15} fill="currentColor" className="ml-0.5" />
        </span>
      )}
    </div>
  );
}

function Who({ name, user, when, light }: { name: string; user: string; when: PreviewProps['when']; light?: boolean }) {
  return (
    <div className="flex items-center gap-2.5 px-3 py-2.5">
      <span className="rounded-full bg-linear-45 from-[#f9a825] via-[#d6249f] to-[#5b51d8] p-0.5">
        <span className={cx('grid rounded-full p-0.5', light ? 'bg-black/40' : 'bg-[light-dark(#ffffff,#0c1014)]')}>
          <Avatar name={name} size={28} />
        </span>
      </span>
      <p className="min-w-0 flex-1 truncate font-semibold">
        {user} <span className={cx('font-normal', light ? 'text-white/85' : grey)}>· {when}</span>
      </p>
      <MoreHorizontal size={20} aria-hidden />
    </div>
  );
}

export function InstagramPreview({ name, handle, parts, options, when }: PreviewProps) {
  const part = parts[0]!;
  const user = handle.replace(/^@/, '') || name;
  const story = options.instagram_as === 'story';
  const reel = !story && part.media.length === 1 && part.media[0]!.video;
  const caption = [part.text, part.link].filter(Boolean).join('\n');
  if (story) {
    return (
      <article className="font-native relative mx-auto max-w-72 overflow-hidden rounded-xl bg-black text-[14px] text-white">
        <Frame media={part.media[0]} className="aspect-[9/16]" />
        <div className="absolute inset-x-0 top-0 bg-linear-to-b from-black/70 to-transparent pb-6">
          <div aria-hidden className="mx-3 mt-2 h-0.5 rounded bg-white/80" />
          <Who name={name} user={user} when={when} light />
        </div>
      </article>
    );
  }
  return (
    <article className="font-native overflow-hidden rounded-lg border border-[light-dark(#dbdfe4,#25292e)] bg-[light-dark(#ffffff,#0c1014)] text-[14px] leading-[18px] text-[light-dark(#0c1014,#f5f5f5)]">
      <Who name={name} user={user} when={when} />
      <div className="relative">
        <Frame media={part.media[0]} className={reel ? 'aspect-[4/5]' : 'aspect-square'} />
        {part.media.length > 1 && (
          <span className="absolute top-3 right-3 rounded-full bg-black/70 px-2.5 py-1 text-[12px] text-white tabular-nums">
            1/{part.media.length}
          </span>
        )}
      </div>
      {part.media.length > 1 && (
        <div aria-hidden className="flex justify-center gap-1 pt-2">
          {part.media.map((_, i) => (
            <span key={i} className={cx('size-1.5 rounded-full', i === 0 ? 'bg-[#3a55d1]' : 'bg-[light-dark(#c7ccd2,#444b53)]')} />
          ))}
        </div>
      )}
      <div aria-hidden className="flex gap-4 px-3 pt-2.5">
        <Heart size={23} />
        <MessageCircle size={23} />
        <Send size={22} />
        <Bookmark size={23} className="ml-auto" />
      </div>
      <div className="px-3 py-2.5">
        {caption ? (
          <Clamp lines={2} more={t('preview.seeMore')} className="break-words whitespace-pre-wrap">
            <span className="font-semibold">{user}</span> <RichText text={caption} link={blue} />
          </Clamp>
        ) : (
          <p className={grey}>{emptyText()}</p>
        )}
      </div>
    </article>
  );
}
