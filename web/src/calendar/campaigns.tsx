// Campaigns on the calendar: a thin mark in their colour on what belongs to them, and what the colours mean.
import { useQuery } from '@tanstack/react-query';
import { campaignsQuery, type Campaign } from '../campaigns/read';
import { Dot } from '../campaigns/state';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import type { Entry } from './entries';

export type Campaigns = ReadonlyMap<string, Campaign>;
const none: Campaigns = new Map();

// Those that something in view belongs to, by id.
export function useCampaigns(entries: Entry[]): Campaigns {
  const ids = new Set(entries.map((entry) => entry.campaign).filter((id): id is string => !!id));
  const all = useQuery({ ...campaignsQuery, enabled: ids.size > 0 }).data;
  return all ? new Map(all.filter((one) => ids.has(one.id)).map((one) => [one.id, one])) : none;
}

interface Props {
  campaigns: Campaigns;
  chosen: string | undefined;
  onChoose: (campaign: string | undefined) => void;
}

// What the colours mean; a click shows one campaign alone.
export function Legend({ campaigns, chosen, onChoose }: Props) {
  if (!campaigns.size) return null;
  return (
    <div role="group" aria-label={t('filter.campaign')} className="mb-3 flex flex-wrap gap-1.5">
      {[...campaigns.values()].map(({ id, name, colour }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === chosen}
          onClick={() => onChoose(id === chosen ? undefined : id)}
          className={cx(
            'inline-flex h-7 max-w-60 items-center gap-2 rounded-full border px-2.5 text-[12.5px] font-medium',
            id === chosen ? 'border-accent bg-accent-soft text-accent' : 'border-line text-ink-2 hover:border-control hover:text-ink',
          )}
        >
          <Dot colour={colour} size={10} />
          <span className="truncate">{name}</span>
        </button>
      ))}
    </div>
  );
}
