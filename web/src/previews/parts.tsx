// What the previews share: coloured text, picture grids, link cards. Each network's look is in its own file.
import { Image as ImageIcon, Play } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { t } from '../i18n';
import { cx } from '../kit/cx';

export interface PreviewMedia {
  src: string | null; // null while it is being uploaded
  alt: string;
  video: boolean;
  document?: boolean;
}
export interface PreviewPart {
  text: string;
  link: string;
  media: PreviewMedia[];
  poll?: { options: string[] } | null;
  comment?: boolean;
}
export interface PreviewProps {
  name: string;
  handle: string;
  parts: PreviewPart[];
  options: Record<string, unknown>;
  when: ReactNode;
  linkCard: boolean; // the network shows a link of its own beside the text
}

const pattern =
  /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'’”])|(#[\p{L}\p{N}_]+)|(@[\p{L}\p{N}_.]+(?:@[\p{L}\p{N}.-]+)?)/gu;

// Addresses, hashtags and mentions in the network's link colour. shorten: how the network shows an address.
export function RichText({ text, link, shorten }: { text: string; link: string; shorten?: (url: string) => string }) {
  const out: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const before = text[match.index - 1];
    if (!match[1] && before && /[\p{L}\p{N}_/]/u.test(before)) continue; // mail@shop.example is no mention
    out.push(text.slice(from, match.index));
    out.push(
      <span key={match.index} className={link}>
        {match[1] && shorten ? shorten(match[1]) : match[0]}
      </span>,
    );
    from = match.index + match[0].length;
  }
  out.push(text.slice(from));
  return (
    <>
      {out.map((piece, i) => (
        <Fragment key={i}>{piece}</Fragment>
      ))}
    </>
  );
}

export const hostOf = (url: string) => {
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return url;
  }
};
export const bareUrl = (max: number) => (url: string) => {
  const bare = url.replace(/^https?:\/\/(www\.)?/, '');
  return bare.length > max ? `${bare.slice(0, max)}…` : bare;
};

function Picture({ media, className, badge }: { media: PreviewMedia; className?: string; badge?: ReactNode }) {
  return (
    <div className={cx('relative min-h-0 min-w-0 overflow-hidden bg-[light-dark(#dfe3e6,#2a2f33)]', className)}>
      {media.src ? (
        <img src={media.src} alt={media.alt} className="absolute inset-0 size-full object-cover" />
      ) : (
        <ImageIcon aria-hidden size={28} className="absolute inset-0 m-auto text-[light-dark(#8b949b,#6c757c)]" />
      )}
      {media.video && (
        <span
          aria-hidden
          className="absolute inset-0 m-auto grid size-13 place-items-center rounded-full bg-black/60 text-white ring-2 ring-white/85"
        >
          <Play size={22} fill="currentColor" className="ml-0.5" />
        </span>
      )}
      {badge}
    </div>
  );
}

// One, two, three, four or more pictures, laid out as most networks do.
export function MediaGrid({
  media,
  gap,
  single = 'aspect-[16/10]',
  className,
  badge,
}: {
  media: PreviewMedia[];
  gap: string;
  single?: string;
  className?: string;
  badge?: (media: PreviewMedia) => ReactNode;
}) {
  if (!media.length) return null;
  const shown = media.slice(0, 4);
  const left = media.length - 4;
  const n = shown.length;
  return (
    <div
      className={cx(
        'grid overflow-hidden',
        gap,
        n === 1 ? single : 'aspect-[16/10]',
        n === 2 && 'grid-cols-2',
        n === 3 && 'grid-cols-2 grid-rows-2',
        n === 4 && 'grid-cols-2 grid-rows-2',
        className,
      )}
    >
      {shown.map((m, i) => (
        <Picture
          key={i}
          media={m}
          className={cx('h-full', n === 3 && i === 0 && 'row-span-2')}
          badge={
            i === 3 && left > 0 ? (
              <span className="absolute inset-0 grid place-items-center bg-black/55 text-2xl font-semibold text-white">
                +{left}
              </span>
            ) : (
              badge?.(m)
            )
          }
        />
      ))}
    </div>
  );
}

export const emptyText = () => t('preview.empty');

// The answers of a poll, one below the other. className: how the network draws one.
export function Choices({ poll, className }: { poll: PreviewPart['poll']; className: string }) {
  if (!poll?.options.length) return null;
  return (
    <ul className="mt-2.5 grid gap-2">
      {poll.options.map((option, i) => (
        <li key={i} className={cx('px-3 py-1.5 break-words', className)}>
          {option}
        </li>
      ))}
    </ul>
  );
}
