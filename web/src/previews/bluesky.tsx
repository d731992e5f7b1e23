import { Globe, Heart, MessageSquare, MoreHorizontal, Repeat2, Share } from 'lucide-react';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { bareUrl, emptyText, hostOf, MediaGrid, RichText, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#506077,#93a5b7)]';
const blue = 'text-[light-dark(#0a62c4,#4fa3ff)]';
const line = 'border-[light-dark(#d9e0e8,#232e3c)]';

// A link has its own card there; beside pictures it stays in the text.
export function BlueskyPreview({ name, handle, parts, options, when, linkCard }: PreviewProps) {
  return (
    <div
      className={cx(
        'font-native rounded-xl border bg-[light-dark(#ffffff,#000000)] text-[15px] leading-[21px] text-[light-dark(#0b0f14,#f1f3f5)]',
        line,
      )}
    >
      {parts.map((part, i) => {
        const card = linkCard && part.link && !part.media.length;
        const text = card || !part.link ? part.text : [part.text, part.link].filter(Boolean).join('\n');
        return (
          <article key={i} className={cx('flex gap-2.5 p-3.5', i > 0 && cx('border-t', line))}>
            <Avatar name={name} size={42} />
            <div className="min-w-0 flex-1">
              <p className="flex min-w-0 gap-1.5">
                <span className="truncate font-semibold">{name}</span>
                <span className={cx('truncate', grey)}>{handle}</span>
                <span className={cx('shrink-0', grey)}>· {when}</span>
              </p>
              <p className={cx('break-words whitespace-pre-wrap', !text && !card && grey)}>
                {text || card ? <RichText text={text} link={blue} shorten={bareUrl(28)} /> : emptyText()}
              </p>
              <MediaGrid
                media={part.media}
                gap="gap-1"
                className="mt-2 rounded-xl"
                badge={(m) =>
                  m.alt ? (
                    <span className="absolute right-2 bottom-2 rounded bg-black/75 px-1.5 text-[11px] font-bold text-white">
                      ALT
                    </span>
                  ) : null
                }
              />
              {card && (
                <div className={cx('mt-2 overflow-hidden rounded-xl border', line)}>
                  <div className="h-24 bg-[light-dark(#e8edf3,#1a2430)]" />
                  <div className="px-3 py-2.5 leading-snug">
                    <p className="truncate font-semibold">
                      {String(options.card_title || '') || bareUrl(60)(part.link)}
                    </p>
                    {options.card_description ? (
                      <p className={cx('line-clamp-2 text-[14px]', grey)}>{String(options.card_description)}</p>
                    ) : null}
                    <p className={cx('mt-1.5 flex items-center gap-1 text-[13px]', grey)}>
                      <Globe size={12} aria-hidden />
                      {hostOf(part.link)}
                    </p>
                  </div>
                </div>
              )}
              <div aria-hidden className={cx('mt-2.5 flex max-w-sm justify-between', grey)}>
                <MessageSquare size={17} />
                <Repeat2 size={18} />
                <Heart size={17} />
                <Share size={17} />
                <MoreHorizontal size={18} />
              </div>
            </div>
          </article>
        );
      })}
    </div>
  );
}
