import { Heart, MessageCircle, MoreHorizontal, Repeat2, Send } from 'lucide-react';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { bareUrl, Choices, emptyText, hostOf, MediaGrid, RichText, type PreviewProps } from './parts';

const grey = 'text-[light-dark(#6b6b6b,#9a9a9a)]';
const blue = 'text-[light-dark(#0058b8,#75b6ff)]';
const line = 'border-[light-dark(#dcdcdc,#333638)]';

export function ThreadsPreview({ name, handle, parts, options, when }: PreviewProps) {
  const user = handle.replace(/^@/, '') || name;
  const topic = String(options.threads_topic ?? '');
  return (
    <div
      className={cx(
        'font-native rounded-2xl border bg-[light-dark(#ffffff,#181818)] px-4 py-3 text-[15px] leading-[21px] text-[light-dark(#000000,#f3f5f7)]',
        line,
      )}
    >
      {parts.map((part, i) => {
        const card = part.link && !part.media.length && !part.poll;
        const text = card ? part.text : [part.text, part.link].filter(Boolean).join('\n');
        return (
          <article key={i} className="flex gap-3">
            <div className="flex flex-col items-center">
              <Avatar name={name} size={36} />
              {i < parts.length - 1 && <div className="my-1.5 w-0.5 flex-1 rounded bg-[light-dark(#e3e3e3,#333638)]" />}
            </div>
            <div className="min-w-0 flex-1 pb-3">
              <p className="flex items-center gap-1.5">
                <span className="truncate font-semibold">{user}</span>
                {i === 0 && topic && <span className="truncate font-semibold">› {topic}</span>}
                <span className={cx('shrink-0', grey)}>{when}</span>
                <MoreHorizontal size={18} aria-hidden className={cx('ml-auto shrink-0', grey)} />
              </p>
              <p className={cx('break-words whitespace-pre-wrap', !text && grey)}>
                {text ? <RichText text={text} link={blue} shorten={bareUrl(30)} /> : !card && emptyText()}
              </p>
              <Choices poll={part.poll} className={cx('rounded-xl border font-semibold', line)} />
              <MediaGrid media={part.media} gap="gap-1" single="aspect-[4/5] max-h-96" className="mt-2 rounded-xl" />
              {card && (
                <div className={cx('mt-2 rounded-xl border px-3.5 py-3', line)}>
                  <p className={cx('text-[13px]', grey)}>{hostOf(part.link)}</p>
                  <p className="truncate font-semibold">{part.link.replace(/^https?:\/\//, '')}</p>
                </div>
              )}
              <div aria-hidden className="mt-2.5 flex gap-5">
                <Heart size={19} />
                <MessageCircle size={19} />
                <Repeat2 size={19} />
                <Send size={18} />
              </div>
            </div>
          </article>
        );
      })}
    </div>
  );
}
