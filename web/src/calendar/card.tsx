// A post on the calendar: when, what, where to, and how it stands, in two lines. It is a plain link; what else can be
// done with it, the board does for all cards together.
import { memo } from 'react';
import type { TargetView } from '../api/client';
import type { Campaign } from '../campaigns/read';
import { list, t } from '../i18n';
import { cx } from '../kit/cx';
import { clockTime, sameClock, viewerZone, zoneCity } from '../kit/time';
import { NetworkMark } from '../networks/look';
import { postSign } from '../posts/state';
import { headOf, hueOf, isMovable, networksOf, type Entry } from './entries';

const looks: Record<string, string> = {
  bad: 'border-bad-line bg-bad-soft',
  warn: 'border-warn-line bg-warn-soft',
  ok: 'border-line bg-raised',
  plain: 'border-dashed border-line-strong bg-surface',
  accent: 'border-line bg-surface',
  info: 'border-line bg-info-soft',
};
const inks: Record<string, string> = {
  bad: 'text-bad',
  warn: 'text-warn',
  ok: 'text-ok',
  plain: 'text-ink-3',
  accent: 'text-accent',
  info: 'text-info',
};

interface Props {
  entry: Entry;
  accounts: Map<string, TargetView>;
  campaign: Campaign | undefined;
  selected: boolean;
  selecting: boolean;
  wide?: boolean;
  tabbable?: boolean; // not one of a board's many
}

// What signs and colours say, in words.
function moreOf(entry: Entry, accounts: Map<string, TargetView>, campaign: Campaign | undefined): string {
  const names = entry.targets.map((id) => accounts.get(id)).filter((a): a is TargetView => !!a);
  const zone = sameClock(entry.at.utc, entry.at.zone, viewerZone)
    ? ''
    : t('time.inZone', { time: clockTime(entry.at.utc, entry.at.zone), city: zoneCity(entry.at.zone) });
  return [
    '',
    entry.paused ? t('postState.paused') : t(`postState.${entry.state}`),
    entry.trouble,
    names.length ? list(names.map((a) => a.name)) : t('posts.noTargets'),
    campaign && t('campaign.of', { name: campaign.name }),
    entry.says !== undefined && t('said.filled'),
    zone,
  ]
    .filter((word, i) => word || i === 0)
    .join(' · ');
}

export const Card = memo(function Card({ entry, accounts, campaign, selected, selecting, wide, tabbable }: Props) {
  const sign = postSign(entry);
  const Icon = sign.icon;
  const networks = networksOf(entry, accounts);
  const gone = entry.state === 'canceled';
  const room = wide ? 8 : 3; // a day of a month is narrow
  const marks = networks.length > room ? room - 1 : room;
  return (
    <a
      href={entry.state === 'draft' ? `/posts/${entry.id}/edit` : `/posts/${entry.id}`}
      data-post={entry.id}
      data-stop=""
      data-movable={isMovable(entry) || undefined}
      tabIndex={tabbable ? 0 : -1}
      role={selecting ? 'checkbox' : undefined}
      aria-checked={selecting ? selected : undefined}
      className={cx(
        'calendar-card relative block overflow-hidden rounded-md border py-[3px] pr-1.5 pl-2.5 text-[12.5px] leading-[17px] select-none',
        looks[sign.tone],
        gone && 'opacity-70',
        selected && 'ring-2 ring-accent',
      )}
    >
      <span aria-hidden className="absolute inset-y-0 left-0 flex w-1 flex-col">
        {(entry.tags.length ? entry.tags.slice(0, 3) : ['']).map((tag) => (
          <span
            key={tag}
            className={cx('flex-1', !tag && 'bg-line-strong')}
            style={tag ? { background: `oklch(0.66 0.13 ${hueOf(tag)})` } : undefined}
          />
        ))}
      </span>
      {campaign && (
        <span
          aria-hidden
          data-campaign={campaign.name}
          className="absolute inset-y-0 right-0 w-[3px] bg-line-strong"
          style={campaign.colour ? { background: campaign.colour } : undefined}
        />
      )}
      <span className="flex items-center gap-1">
        <Icon
          size={12}
          strokeWidth={2.5}
          aria-hidden
          className={cx('shrink-0', inks[sign.tone], sign.moving && 'animate-spin')}
        />
        <time className={cx('nums font-medium', sign.tone === 'bad' ? 'text-bad' : 'text-ink-2')}>
          {clockTime(entry.at.utc)}
        </time>
        <span className="ml-auto flex items-center gap-[2px]">
          {networks.slice(0, marks).map((network) => (
            <NetworkMark key={network} network={network} size={13} />
          ))}
          {networks.length > marks && (
            <span className="nums pl-0.5 text-[11px] text-ink-3">+{networks.length - marks}</span>
          )}
        </span>
      </span>
      <span className={cx('block truncate', gone ? 'text-ink-3 line-through' : 'text-ink')}>
        {entry.state === 'draft' && <span className="text-ink-3">{t('calendar.draft')} </span>}
        {headOf(entry) || <span className="text-ink-3">{t('posts.noText')}</span>}
      </span>
      <span className="sr-only">{moreOf(entry, accounts, campaign)}</span>
    </a>
  );
});
