// The campaign of a post, and of a list that shows only one campaign's.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { campaignsQuery } from '../campaigns/read';
import { Dot } from '../campaigns/state';
import { t } from '../i18n';
import { buttonClass } from '../kit/button';

export function CampaignLink({ id }: { id: string | null }) {
  const campaign = useQuery({ ...campaignsQuery, enabled: !!id }).data?.find((c) => c.id === id);
  if (!id || !campaign) return null;
  return (
    <Link to="/campaigns/$id" params={{ id }} className="inline-flex items-center gap-1.5 hover:text-ink hover:underline">
      <Dot colour={campaign.colour} size={11} />
      {campaign.name}
    </Link>
  );
}

// In a row that is a link already: only its name.
export function CampaignMark({ id }: { id: string | null }) {
  const campaign = useQuery({ ...campaignsQuery, enabled: !!id }).data?.find((c) => c.id === id);
  if (!campaign) return null;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Dot colour={campaign.colour} size={10} />
      {campaign.name}
    </span>
  );
}

export function OnlyCampaign({ id, onLeave }: { id: string | undefined; onLeave: () => void }) {
  const name = useQuery({ ...campaignsQuery, enabled: !!id }).data?.find((c) => c.id === id)?.name;
  if (!id) return null;
  return (
    <button type="button" className={buttonClass('soft', 'sm')} title={t('campaign.leave')} onClick={onLeave}>
      {t('campaign.of', { name: name ?? '' })}
      <X size={14} aria-hidden />
    </button>
  );
}
