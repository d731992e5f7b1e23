import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { PracticeMark } from '../accounts/practice_mark';
import type { TargetView } from '../api/client';
import { Dot } from '../campaigns/state';
import { t } from '../i18n';
import { Chip } from '../kit/chip';
import { Chunks } from '../kit/chunks';
import { cx } from '../kit/cx';
import { formatDay } from '../kit/days';
import { clockTime, sameClock, viewerZone, zoneCity } from '../kit/time';
import { NetworkMark } from '../networks/look';
import { FilledMark } from '../posts/said';
import { PostChip } from '../posts/state';
import { headOf, hueOf, isMovable, networksOf, type Entry } from './entries';
import type { ViewProps } from './parts';

const rowsInChunk = 40;

interface Props {
  entries: Entry[];
  view: ViewProps;
  onToggle: (id: string) => void;
}

// The posts of the month under their days; what is not near the screen does not exist.
export function List({ entries, view, onToggle }: Props) {
  return (
    <Chunks
      items={entries}
      size={rowsInChunk}
      height={66}
      render={(some, first) =>
        grouped(some).map(([day, posts], i) => (
          <section key={day} aria-label={formatDay(day, { weekday: 'long', day: 'numeric', month: 'long' })}>
            {(i > 0 || first === 0 || entries[first - 1]!.day !== day) && (
              <h2 className="flex items-baseline gap-2 pt-5 pb-2 text-sm font-semibold text-ink-2">
                {day === view.today && <span className="text-accent">{t('today')}</span>}
                {formatDay(day, { weekday: 'long', day: 'numeric', month: 'long' })}
              </h2>
            )}
            <ul className="card mb-px divide-y divide-line overflow-hidden">
              {posts.map((entry) => (
                <Row key={entry.id} entry={entry} view={view} onToggle={onToggle} />
              ))}
            </ul>
          </section>
        ))
      }
    />
  );
}

function grouped(entries: Entry[]): [string, Entry[]][] {
  const days: [string, Entry[]][] = [];
  for (const entry of entries) {
    const last = days.at(-1);
    if (last?.[0] === entry.day) last[1].push(entry);
    else days.push([entry.day, [entry]]);
  }
  return days;
}

function Row({ entry, view, onToggle }: { entry: Entry; view: ViewProps; onToggle: (id: string) => void }) {
  const selected = view.selected.has(entry.id);
  const campaign = entry.campaign ? view.campaigns.get(entry.campaign) : undefined;
  const other = !sameClock(entry.at.utc, entry.at.zone, viewerZone);
  return (
    <li className={cx('relative flex items-start gap-3 px-3.5 py-2.5 sm:items-center', selected && 'bg-accent-soft')}>
      {view.canWrite && (
        <Tick checked={selected} label={t('bulk.choose', { post: headOf(entry) || t('posts.noText') })} onChange={() => onToggle(entry.id)} />
      )}
      <span className="w-14 shrink-0 pt-px sm:pt-0">
        <time dateTime={entry.at.utc} className="block text-[14px] leading-6 font-semibold">
          {clockTime(entry.at.utc)}
        </time>
      </span>
      <span className="min-w-0 flex-1">
        <Link
          to={entry.state === 'draft' ? '/posts/$id/edit' : '/posts/$id'}
          params={{ id: entry.id }}
          preload={false}
          data-movable={isMovable(entry) || undefined}
          className="line-clamp-2 text-[14.5px] font-medium before:absolute before:inset-y-0 before:right-0 before:left-12 focus-inset sm:line-clamp-1"
        >
          {headOf(entry) || t('posts.noText')}
          {entry.says !== undefined && !entry.title && <FilledMark />}
        </Link>
        <span className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-[12.5px] text-ink-3">
          <Places entry={entry} accounts={view.accounts} />
          {other && (
            <span>{t('time.inZone', { time: clockTime(entry.at.utc, entry.at.zone), city: zoneCity(entry.at.zone) })}</span>
          )}
          {campaign && (
            <span className="inline-flex items-center gap-1.5">
              <Dot colour={campaign.colour} size={10} />
              {campaign.name}
            </span>
          )}
          {entry.tags.map((tag) => (
            <span key={tag} className="inline-flex items-center gap-1.5">
              <span aria-hidden className="size-2 rounded-full" style={{ background: `oklch(0.66 0.13 ${hueOf(tag)})` }} />
              {tag}
            </span>
          ))}
          {entry.trouble && (
            <span className={entry.state === 'uncertain' ? 'text-warn' : 'text-bad'}>{entry.trouble}</span>
          )}
          <span className="sm:hidden">
            <PostChip post={entry} />
          </span>
        </span>
      </span>
      <span className="hidden shrink-0 sm:block">
        <PostChip post={entry} />
      </span>
    </li>
  );
}

function Places({ entry, accounts }: { entry: Entry; accounts: Map<string, TargetView> }) {
  const names = entry.targets.map((id) => accounts.get(id)?.name).filter(Boolean);
  if (!names.length) return <span>{t('posts.noTargets')}</span>;
  const practice = entry.targets.map((id) => accounts.get(id)).find((a) => a?.sandbox);
  return (
    <span className="inline-flex items-center gap-2">
      <span role="img" aria-label={names.join(', ')} title={names.join(', ')} className="flex gap-[3px]">
        {networksOf(entry, accounts).map((network) => (
          <NetworkMark key={network} network={network} size={16} />
        ))}
      </span>
      <PracticeMark of={practice} />
      {entry.parts > 1 && <Chip className="h-5 text-[11.5px]">{t('posts.parts', { n: entry.parts })}</Chip>}
    </span>
  );
}

export function Tick({ checked, label, onChange }: { checked: boolean; label: string; onChange: () => void }) {
  return (
    <label className="relative z-10 grid size-7 shrink-0 place-items-center">
      <input type="checkbox" checked={checked} onChange={onChange} aria-label={label} className="peer absolute inset-0 m-0 size-7 cursor-pointer opacity-0" />
      <span
        aria-hidden
        className="grid size-4.5 place-items-center rounded-[5px] border border-control bg-surface text-transparent peer-checked:border-transparent peer-checked:bg-accent-fill peer-checked:text-on-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent"
      >
        <Check size={13} strokeWidth={3} />
      </span>
    </label>
  );
}
