import { Link } from '@tanstack/react-router';
import { Images, ListTree } from 'lucide-react';
import { PracticeMark } from '../accounts/practice_mark';
import type { Post, TargetView } from '../api/client';
import { t } from '../i18n';
import { clockTime, sameClock, viewerZone, zoneCity } from '../kit/time';
import { Avatar } from '../networks/avatar';
import { thumbnailOf } from '../previews/thumbnail';
import { CampaignMark } from './of_campaign';
import { RepeatMark } from './repeats';
import { beginning, FilledMark } from './said';
import { PostChip } from './state';

// One post in a list: when, what, to whom, and how it stands.
export function PostRow({ post }: { post: Post }) {
  const first = post.content.parts[0]!;
  const { text, filled } = beginning(post);
  const media = first.media ?? [];
  const other = post.at && !sameClock(post.at.utc, post.at.zone, viewerZone);
  return (
    <li className="relative flex gap-4 px-4 py-3.5 transition-colors hover:bg-raised sm:gap-5 sm:px-5">
      <div className="hidden w-16 shrink-0 pt-0.5 sm:block">
        <When post={post} />
      </div>
      <div className="min-w-0 flex-1">
        <div className="mb-0.5 text-[13px] sm:hidden">
          <When post={post} inline />
        </div>
        <Link
          to={post.state === 'draft' ? '/posts/$id/edit' : '/posts/$id'}
          params={{ id: post.id }}
          className="line-clamp-2 font-medium text-pretty before:absolute before:inset-0 focus-inset"
        >
          {post.title || text || t('posts.noText')}
          {filled && !post.title && <FilledMark />}
        </Link>
        {post.title && (
          <p className="mt-0.5 line-clamp-1 text-sm text-ink-2">
            {text}
            {filled && <FilledMark />}
          </p>
        )}
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-[13px] text-ink-3">
          <Faces targets={post.targets} />
          <PracticeMark of={post} />
          <RepeatMark post={post.id} />
          <CampaignMark id={post.campaign} />
          {post.content.parts.length > 1 && (
            <span className="inline-flex items-center gap-1.5">
              <ListTree size={14} aria-hidden />
              {t('posts.parts', { n: post.content.parts.length })}
            </span>
          )}
          {media.length > 1 && (
            <span className="inline-flex items-center gap-1.5">
              <Images size={14} aria-hidden />
              {t('posts.media', { n: media.length })}
            </span>
          )}
          {other && (
            <span>
              {t('time.inZone', { time: clockTime(post.at!.utc, post.at!.zone), city: zoneCity(post.at!.zone) })}
            </span>
          )}
          <span className="sm:hidden">
            <PostChip post={post} />
          </span>
        </div>
      </div>
      {media[0] && (
        <img
          src={thumbnailOf(media[0].id)}
          alt={media[0].alt ?? ''}
          loading="lazy"
          className="size-14 shrink-0 self-center rounded-lg bg-sunken object-cover"
        />
      )}
      <div className="hidden w-40 shrink-0 flex-col items-end gap-1.5 self-center sm:flex">
        <PostChip post={post} />
        <Standing post={post} />
      </div>
    </li>
  );
}

function When({ post, inline }: { post: Post; inline?: boolean }) {
  if (!post.at) return <span className="text-sm text-ink-3">{inline ? '' : '–'}</span>;
  return (
    <time dateTime={post.at.utc} className="text-[15px] font-semibold tracking-tight">
      {clockTime(post.at.utc)}
    </time>
  );
}

// "2 of 3 published", when that says more than the state.
function Standing({ post }: { post: Post }) {
  const all = Object.values(post.tally).reduce((sum, n) => sum + n, 0);
  if (!all || post.tally.delivered === all || post.state === 'scheduled' || post.state === 'canceled') return null;
  return (
    <span className="nums text-[12.5px] text-ink-3">{t('posts.published', { done: post.tally.delivered, all })}</span>
  );
}

export function Faces({ targets, max = 5 }: { targets: TargetView[]; max?: number }) {
  if (!targets.length) return <span>{t('posts.noTargets')}</span>;
  const names = targets.map((target) => `${target.name} (${target.network})`).join(', ');
  return (
    <span className="flex items-center gap-1" role="img" aria-label={names} title={names}>
      {targets.slice(0, max).map((target) => (
        <Avatar key={target.account} name={target.name} network={target.network} size={26} />
      ))}
      {targets.length > max && <span className="nums ml-1.5">+{targets.length - max}</span>}
    </span>
  );
}
