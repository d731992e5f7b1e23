import { Bookmark, Globe, Lock, MoonStar, MoreHorizontal, Repeat2, Reply, Star, Users } from 'lucide-react';
import { useState } from 'react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { bareUrl, Choices, emptyText, hostOf, MediaGrid, RichText, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#5d5a72,#9baec8)]';
const violet = 'text-[light-dark(#5638cc,#a9a4ff)]';
const audience = { public: Globe, unlisted: MoonStar, private: Lock, direct: Users } as const;

export function MastodonPreview({ name, handle, parts, options, when }: PreviewProps) {
  const Audience = audience[String(options.visibility ?? 'public') as keyof typeof audience] ?? Globe;
  const warning = String(options.spoiler_text ?? '');
  return (
    <div className="font-native divide-y divide-[light-dark(#e2dfea,#393f4f)] rounded-lg border border-[light-dark(#e2dfea,#393f4f)] bg-[light-dark(#ffffff,#181821)] text-[15px] leading-[22px] text-[light-dark(#1d1a2b,#f0eef8)]">
      {parts.map((part, i) => (
        <article key={i} className="p-4">
          <div className="flex items-center gap-2.5">
            <span className="grid overflow-hidden rounded-lg [&>span>span]:rounded-lg">
              <Avatar name={name} size={46} />
            </span>
            <div className="min-w-0 flex-1 leading-snug">
              <p className="truncate font-semibold">{name}</p>
              <p className={cx('truncate text-[14px]', grey)}>{handle}</p>
            </div>
            <p className={cx('flex items-center gap-1 self-start text-[14px]', grey)}>
              <Audience size={14} aria-hidden />
              {when}
            </p>
          </div>
          <Warned warning={i === 0 ? warning : ''}>
            <p className={cx('mt-3 break-words whitespace-pre-wrap', !part.text && grey)}>
              {part.text || part.link ? (
                <RichText
                  text={[part.text, part.link].filter(Boolean).join('\n\n')}
                  link={violet}
                  shorten={bareUrl(30)}
                />
              ) : (
                emptyText()
              )}
            </p>
            <Choices poll={part.poll} className="rounded-md border border-[light-dark(#c9cede,#42485a)] bg-[light-dark(#f3f4f9,#20232f)]" />
            <MediaGrid
              media={part.media}
              gap="gap-0.5"
              className="mt-3 rounded-lg"
              single="aspect-video"
              badge={(m) =>
                m.alt ? (
                  <span className="absolute right-2 bottom-2 rounded bg-black/75 px-1.5 text-[12px] font-bold text-white">
                    ALT
                  </span>
                ) : null
              }
            />
            {part.link && !part.media.length && (
              <div className="mt-3 flex overflow-hidden rounded-lg border border-[light-dark(#e2dfea,#393f4f)]">
                <div className="w-24 shrink-0 bg-[light-dark(#eeecf4,#242434)]" />
                <div className="min-w-0 px-3.5 py-3 leading-snug">
                  <p className={cx('text-[13px]', grey)}>{hostOf(part.link)}</p>
                  <p className="truncate font-semibold">{part.link.replace(/^https?:\/\//, '')}</p>
                </div>
              </div>
            )}
          </Warned>
          <div aria-hidden className={cx('mt-3.5 flex max-w-sm justify-between', grey)}>
            <Reply size={19} />
            <Repeat2 size={19} />
            <Star size={19} />
            <Bookmark size={19} />
            <MoreHorizontal size={19} />
          </div>
        </article>
      ))}
    </div>
  );
}

// Behind a content warning everything is folded, as readers will find it.
function Warned({ warning, children }: { warning: string; children: React.ReactNode }) {
  const [open, setOpen] = useState(false);
  if (!warning) return children;
  return (
    <>
      <div className="mt-3 rounded-lg border border-dashed border-[light-dark(#a79fd8,#5b5594)] bg-[light-dark(#f4f2fb,#201f33)] px-3.5 py-2.5">
        <p className="break-words">{warning}</p>
        <button type="button" className={cx('mt-0.5 font-semibold', violet)} onClick={() => setOpen(!open)}>
          {open ? t('preview.showLess') : t('preview.showMore')}
        </button>
      </div>
      {open && children}
    </>
  );
}
