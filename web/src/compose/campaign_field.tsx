// Which campaign a post belongs to.
import { useQuery } from '@tanstack/react-query';
import { Megaphone } from 'lucide-react';
import { useId, type Dispatch } from 'react';
import { campaignsQuery } from '../campaigns/read';
import { t } from '../i18n';
import { Select } from '../kit/field';
import type { Change } from './draft';

export function CampaignField({ campaign, dispatch }: { campaign: string | undefined; dispatch: Dispatch<Change> }) {
  const id = useId();
  const campaigns = (useQuery(campaignsQuery).data ?? []).filter((c) => c.state !== 'ended' || c.id === campaign);
  if (campaigns.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line px-4 py-2 sm:px-5">
      <label htmlFor={id} className="flex items-center gap-2.5 text-sm font-medium">
        <Megaphone size={18} aria-hidden className="text-ink-3" />
        {t('compose.campaign')}
      </label>
      <Select
        id={id}
        aria-describedby={`${id}-hint`}
        className="h-9 w-auto max-w-full min-w-44 text-sm"
        value={campaign ?? ''}
        onChange={(e) => dispatch({ do: 'campaign', campaign: e.target.value || undefined })}
        options={[{ value: '', label: t('compose.noCampaign') }, ...campaigns.map((c) => ({ value: c.id, label: c.name }))]}
      />
      <span id={`${id}-hint`} className="text-[13px] text-ink-3">
        {campaign && t('compose.campaignHint')}
      </span>
    </div>
  );
}
