import { MoreVertical, Play } from 'lucide-react';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { emptyText, RichText, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#5a5a5a,#aaaaaa)]';
const blue = 'text-[light-dark(#065fd4,#4ea6ff)]';

// The first line is the title unless there is one of its own; the rest stands below the video.
export function YoutubePreview({ name, parts, options, when }: PreviewProps) {
  const part = parts[0];
  if (!part) return null;
  const own = String(options.video_title || '');
  const [first = '', ...rest] = part.text.split('\n');
  const title = own || first;
  const text = [own ? part.text : rest.join('\n').trim(), part.link].filter(Boolean).join('\n');
  const src = part.media[0]?.src;
  return (
    <article className="font-native overflow-hidden rounded-xl border border-[light-dark(#e5e5e5,#303030)] bg-[light-dark(#ffffff,#0f0f0f)] text-[14px] leading-5 text-[light-dark(#0f0f0f,#f1f1f1)]">
      <div className="relative aspect-video bg-[light-dark(#dddddd,#272727)]">
        {src && <img src={src} alt={part.media[0]?.alt ?? ''} className="absolute inset-0 size-full object-cover" />}
        <span
          aria-hidden
          className="absolute inset-0 m-auto grid size-13 place-items-center rounded-full bg-black/60 text-white"
        >
          <Play size={22} fill="currentColor" className="ml-0.5" />
        </span>
      </div>
      <div className="flex gap-3 p-3">
        <Avatar name={name} size={38} />
        <div className="min-w-0 flex-1">
          <p className={cx('line-clamp-2 text-[16px] leading-[22px] font-semibold', !title && grey)}>
            {title || emptyText()}
          </p>
          <p className={cx('mt-0.5', grey)}>
            {name} · {when}
          </p>
          {text && (
            <p className="mt-2 rounded-lg bg-[light-dark(#f2f2f2,#272727)] px-3 py-2 break-words whitespace-pre-wrap">
              <RichText text={text} link={blue} />
            </p>
          )}
        </div>
        <MoreVertical size={18} aria-hidden className="shrink-0" />
      </div>
    </article>
  );
}
