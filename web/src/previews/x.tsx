import { BarChart3, Bookmark, Heart, MessageCircle, Newspaper, Repeat2, Share } from 'lucide-react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { bareUrl, Choices, emptyText, hostOf, MediaGrid, RichText, type PreviewMedia, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#536471,#8b98a5)]';
const blue = 'text-[light-dark(#1068b3,#4aaef5)]';

export function XPreview({ name, handle, parts, options, when }: PreviewProps) {
  return (
    <div className="font-native rounded-2xl border border-[light-dark(#e1e8ed,#2f3336)] bg-[light-dark(#ffffff,#000000)] px-4 pt-3 text-[15px] leading-5 text-[light-dark(#0f1419,#e7e9ea)]">
      {parts.map((part, i) => {
        const last = i === parts.length - 1;
        const text = [part.text, part.link].filter(Boolean).join(' ');
        return (
          <article key={i} className="flex gap-3">
            <div className="flex flex-col items-center">
              <Avatar name={name} size={40} />
              {!last && <span aria-hidden className="mt-1 w-0.5 flex-1 rounded bg-[light-dark(#cfd9de,#333639)]" />}
            </div>
            <div className={cx('min-w-0 flex-1', last ? 'pb-2.5' : 'pb-4')}>
              <p className="flex items-center gap-1 leading-5">
                <b className="truncate font-bold">{name}</b>
                <span className={cx('min-w-8 truncate', grey)}>{handle}</span>
                <span className={cx('shrink-0', grey)}>· {when}</span>
                <span aria-hidden className={cx('ml-auto pl-2 tracking-tighter', grey)}>
                  •••
                </span>
              </p>
              {i === 0 && options.x_as === 'article' ? (
                <ArticleCard title={String(options.x_title ?? '')} text={text} cover={part.media.slice(0, 1)} />
              ) : (
                <p className={cx('mt-0.5 break-words whitespace-pre-wrap', !text && grey)}>
                  {text ? <RichText text={text} link={blue} shorten={bareUrl(28)} /> : emptyText()}
                </p>
              )}
              <Choices poll={part.poll} className="rounded-full border border-[light-dark(#1068b3,#4aaef5)] text-center font-bold text-[light-dark(#1068b3,#4aaef5)]" />
              <MediaGrid
                media={i === 0 && options.x_as === 'article' ? [] : part.media}
                gap="gap-0.5"
                className="mt-3 rounded-2xl border border-[light-dark(#cfd9de,#2f3336)]"
                badge={(m) =>
                  m.alt ? (
                    <span className="absolute bottom-2.5 left-2.5 rounded bg-black/75 px-1.5 text-[11px] font-bold text-white">
                      ALT
                    </span>
                  ) : null
                }
              />
              {part.link && part.media.length === 0 && !(i === 0 && options.x_as === 'article') && (
                <div className="mt-3 overflow-hidden rounded-2xl border border-[light-dark(#cfd9de,#2f3336)]">
                  <div className="relative aspect-[1.91] bg-[light-dark(#eff3f4,#16181c)]">
                    <span className="absolute bottom-3 left-3 rounded bg-black/75 px-1.5 py-0.5 text-[13px] text-white">
                      {hostOf(part.link)}
                    </span>
                  </div>
                </div>
              )}
              <div aria-hidden className={cx('mt-3 flex max-w-md justify-between', grey)}>
                <MessageCircle size={17} />
                <Repeat2 size={18} />
                <Heart size={17} />
                <BarChart3 size={17} />
                <span className="flex gap-3">
                  <Bookmark size={17} />
                  <Share size={17} />
                </span>
              </div>
            </div>
          </article>
        );
      })}
    </div>
  );
}

// What the timeline shows of an article: its cover, its title and how it begins.
function ArticleCard({ title, text, cover }: { title: string; text: string; cover: PreviewMedia[] }) {
  return (
    <div className="mt-2 overflow-hidden rounded-2xl border border-[light-dark(#cfd9de,#2f3336)] px-4 py-3">
      <MediaGrid media={cover} gap="gap-0" className="-mx-4 -mt-3 mb-3" />
      <p className={cx('flex items-center gap-1.5 text-[13px]', grey)}>
        <Newspaper size={14} aria-hidden />
        {t('preview.article')}
      </p>
      <p className="mt-1 text-[20px] leading-6 font-bold break-words">{title || '…'}</p>
      <p className={cx('mt-1.5 line-clamp-4 break-words whitespace-pre-wrap', grey)}>{text || emptyText()}</p>
    </div>
  );
}
