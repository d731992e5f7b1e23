// Which campaign a post belongs to.
import { Megaphone } from 'lucide-react';
import { useId, type Dispatch } from 'react';
import { CampaignSelect, useCampaignsToChoose } from '../campaigns/select';
import { t } from '../i18n';
import type { Change } from './draft';

export function CampaignField({ campaign, dispatch }: { campaign: string | undefined; dispatch: Dispatch<Change> }) {
  const id = useId();
  if (useCampaignsToChoose(campaign ?? '').length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line px-4 py-2 sm:px-5">
      <label htmlFor={id} className="flex items-center gap-2.5 text-sm font-medium">
        <Megaphone size={18} aria-hidden className="text-ink-3" />
        {t('compose.campaign')}
      </label>
      <CampaignSelect
        id={id}
        aria-describedby={`${id}-hint`}
        className="h-9 w-auto max-w-full min-w-44 text-sm"
        value={campaign ?? ''}
        onChange={(chosen) => dispatch({ do: 'campaign', campaign: chosen || undefined })}
      />
      <span id={`${id}-hint`} className="text-[13px] text-ink-3">
        {campaign && t('compose.campaignHint')}
      </span>
    </div>
  );
}
