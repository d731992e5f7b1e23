// Choosing a campaign, or none. Those that ended are offered no more; one that was chosen stays.
import { useQuery } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { t } from '../i18n';
import { Select } from '../kit/field';
import { campaignsQuery } from './read';

interface Props extends Omit<ComponentProps<typeof Select>, 'options' | 'value' | 'onChange'> {
  value: string; // empty: none
  onChange: (id: string) => void;
}

export const useCampaignsToChoose = (chosen: string) =>
  (useQuery(campaignsQuery).data ?? []).filter((c) => c.state !== 'ended' || c.id === chosen);

export function CampaignSelect({ value, onChange, ...rest }: Props) {
  const campaigns = useCampaignsToChoose(value);
  const options = [{ value: '', label: t('compose.noCampaign') }, ...campaigns.map((c) => ({ value: c.id, label: c.name }))];
  return <Select {...rest} value={value} onChange={(e) => onChange(e.target.value)} options={options} />;
}
