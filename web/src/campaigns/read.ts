// Campaigns as the server gives them, and words about them.
import { queryOptions } from '@tanstack/react-query';
import type { components } from '#contract';
import { api, ask } from '../api/client';
import { locale, t } from '../i18n';

export type Campaign = components['schemas']['Campaign'];
export type CampaignView = components['schemas']['CampaignView'];
export type CampaignAccount = components['schemas']['CampaignAccount'];
export type PostCounts = components['schemas']['PostCounts'];

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: async () => (await ask(api.GET('/api/v1/campaigns'))).items,
});
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id],
    queryFn: () => ask(api.GET('/api/v1/campaigns/{id}', { params: { path: { id } } })),
  });

export const postsIn = (counts: PostCounts) => Object.values(counts).reduce((sum, n) => sum + n, 0);

const dayText = (day: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));

// "1 Mar 2026 – 31 Mar 2026"; empty when it has no days.
export function daysText({ from, to }: Pick<Campaign, 'from' | 'to'>): string {
  if (from && to) return t('campaigns.days', { from: dayText(from), to: dayText(to) });
  if (from) return t('campaigns.from', { day: dayText(from) });
  return to ? t('campaigns.to', { day: dayText(to) }) : '';
}
