// The card that comes up beside a post under the pointer or the focus: the whole text, each target and its state, the
// time in both zones, and links to what is live.
import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Images, ListTree } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { PracticeMark } from '../accounts/practice_mark';
import type { Post, TargetView } from '../api/client';
import { postQuery } from '../api/queries';
import { t } from '../i18n';
import { Chip } from '../kit/chip';
import { cx } from '../kit/cx';
import { At } from '../kit/time';
import { Avatar } from '../networks/avatar';
import { CampaignMark } from '../posts/of_campaign';
import { beginning, FilledMark } from '../posts/said';
import { DeliveryChip, PostChip } from '../posts/state';
import { leading, targetsOf } from '../posts/targets_of';
import { hueOf, textOf, type Entry } from './entries';

export interface Peeked {
  id: string;
  anchor: HTMLElement;
  why: 'hover' | 'focus';
  leaving: boolean;
}

interface Props {
  peeked: Peeked;
  entry: Entry | undefined;
  accounts: Map<string, TargetView>;
  onClose: () => void;
  onStay: () => void;
  onLeave: () => void;
}

const width = 340;
const openAfter = 320;
const closeAfter = 160;
const shownTargets = 6;

export function Peek({ peeked, entry, accounts, onClose, onStay, onLeave }: Props) {
  const [open, setOpen] = useState(peeked.why === 'focus');
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ left: -9999, top: 0 });
  useEffect(() => {
    const timer = setTimeout(() => setOpen(true), openAfter);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!peeked.leaving) return;
    const timer = setTimeout(onClose, open ? closeAfter : 0);
    return () => clearTimeout(timer);
  }, [peeked.leaving, open, onClose]);
  useEffect(() => {
    window.addEventListener('scroll', onClose, { passive: true });
    return () => window.removeEventListener('scroll', onClose);
  }, [onClose]);
  // Only what is looked at is read in full.
  const post = useQuery({ ...postQuery(peeked.id), enabled: open, staleTime: 10_000 }).data;
  useLayoutEffect(() => {
    if (!open || !box.current) return;
    const card = peeked.anchor.getBoundingClientRect();
    const height = box.current.offsetHeight;
    const right = card.right + 10 + width < window.innerWidth;
    setAt({
      left: right ? card.right + 8 : Math.max(8, card.left - width - 8),
      top: Math.max(8, Math.min(card.top - 8, window.innerHeight - height - 12)),
    });
  }, [open, peeked.anchor, post]);
  if (!open || !entry) return null;
  return (
    <div
      ref={box}
      data-peek=""
      role="tooltip"
      onPointerEnter={onStay}
      onPointerLeave={onLeave}
      className="appear fixed z-50 hidden rounded-xl border border-line bg-surface p-4 text-sm shadow-2 sm:block"
      style={{ ...at, width }}
    >
      <div className="flex items-center gap-2">
        <PostChip post={entry} />
        <span className="ml-auto flex gap-2.5 text-[12.5px] text-ink-3">
          {entry.parts > 1 && (
            <span className="inline-flex items-center gap-1">
              <ListTree size={13} aria-hidden />
              {t('posts.parts', { n: entry.parts })}
            </span>
          )}
          {entry.media > 0 && (
            <span className="inline-flex items-center gap-1">
              <Images size={13} aria-hidden />
              {t('posts.media', { n: entry.media })}
            </span>
          )}
        </span>
      </div>
      <p className="mt-2.5 text-[13px] text-ink-2">
        <At at={entry.at.utc} zone={entry.at.zone} />
      </p>
      {entry.title && <p className="mt-2 font-semibold">{entry.title}</p>}
      <p className={cx('mt-1.5 line-clamp-6 whitespace-pre-line', !entry.text && 'text-ink-3')}>
        {(post && beginning(post).text) || textOf(entry) || t('posts.noText')}
        {entry.says !== undefined && <FilledMark />}
      </p>
      {entry.trouble && (
        <p className={cx('mt-2.5 rounded-md px-2.5 py-1.5', entry.state === 'uncertain' ? 'bg-warn-soft text-warn' : 'bg-bad-soft text-bad')}>
          {entry.trouble}
        </p>
      )}
      <ul className="mt-3 grid gap-1.5">
        {entry.targets.slice(0, shownTargets).map((id) => (
          <Target key={id} target={accounts.get(id)} id={id} post={post} />
        ))}
        {entry.targets.length > shownTargets && (
          <li className="text-[12.5px] text-ink-3">{t('calendar.moreTargets', { n: entry.targets.length - shownTargets })}</li>
        )}
        {!entry.targets.length && <li className="text-ink-3">{t('posts.noTargets')}</li>}
      </ul>
      {entry.campaign && (
        <p className="mt-3 text-[13px] text-ink-2">
          <CampaignMark id={entry.campaign} />
        </p>
      )}
      {entry.tags.length > 0 && (
        <p className="mt-3 flex flex-wrap gap-1.5">
          {entry.tags.map((tag) => (
            <Chip key={tag} className="h-5.5 text-[12px]">
              <span aria-hidden className="size-2 rounded-full" style={{ background: `oklch(0.66 0.13 ${hueOf(tag)})` }} />
              {tag}
            </Chip>
          ))}
        </p>
      )}
    </div>
  );
}

function Target({ target, id, post }: { target: TargetView | undefined; id: string; post: Post | undefined }) {
  const line = post && targetsOf(post).find((l) => l.target.account === id);
  const first = line && leading(line);
  const url = line?.current.find((d) => d.url)?.url;
  return (
    <li className="flex min-h-6 items-center gap-2">
      <Avatar name={target?.name ?? '?'} network={target?.network} size={22} />
      <span className="min-w-0 truncate">{target?.name ?? '–'}</span>
      <PracticeMark of={target} className="scale-90" />
      <span className="ml-auto shrink-0">
        {url ? (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-1 text-[12.5px] font-medium text-accent hover:underline"
          >
            {t('post.see')}
            <ExternalLink size={12} aria-hidden />
          </a>
        ) : (
          first && first.state !== 'waiting' && <DeliveryChip state={first.state} />
        )}
      </span>
    </li>
  );
}
