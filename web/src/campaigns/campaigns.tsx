// All campaigns: each with its days and how its posts stand.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Megaphone, Plus } from 'lucide-react';
import { useState } from 'react';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Empty, Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { Screen, ScreenHead } from '../shell/shell';
import { CampaignForm } from './form';
import { Shares } from './numbers';
import { campaignsQuery, daysText, postsIn, type Campaign } from './read';
import { CampaignChip, Dot } from './state';

export function CampaignsScreen() {
  const campaigns = useQuery(campaignsQuery);
  const [making, setMaking] = useState(false);
  const make = (
    <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
      {t('campaigns.make')}
    </Button>
  );
  return (
    <Screen>
      <ScreenHead title={t('nav.campaigns')} lead={t('campaigns.lead')} actions={!!campaigns.data?.length && make} />
      {campaigns.isPending && <Waiting rows={3} label={t('loading')} />}
      {campaigns.error && <Trouble error={campaigns.error} />}
      {campaigns.data?.length === 0 && (
        <Empty
          art={<Megaphone size={40} strokeWidth={1.5} aria-hidden className="text-accent" />}
          title={t('campaigns.emptyTitle')}
          actions={make}
        >
          {t('campaigns.emptyText')}
        </Empty>
      )}
      {!!campaigns.data?.length && (
        <ul className="grid gap-3">
          {campaigns.data.map((campaign) => (
            <Row key={campaign.id} campaign={campaign} />
          ))}
        </ul>
      )}
      {making && <CampaignForm onClose={() => setMaking(false)} />}
    </Screen>
  );
}

function Row({ campaign }: { campaign: Campaign }) {
  const n = postsIn(campaign.posts);
  return (
    <li className="card relative px-4 py-4 transition-colors hover:bg-raised sm:px-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Dot colour={campaign.colour} size={14} />
        <Link
          to="/campaigns/$id"
          params={{ id: campaign.id }}
          className="min-w-0 font-semibold break-words before:absolute before:inset-0 before:rounded-xl focus-inset"
        >
          {campaign.name}
        </Link>
        <span className="text-sm text-ink-3">{daysText(campaign)}</span>
        <span className="ml-auto">
          <CampaignChip state={campaign.state} />
        </span>
      </div>
      {campaign.notes && <p className="mt-1.5 line-clamp-2 text-sm text-ink-2">{campaign.notes}</p>}
      <p className="nums mt-2.5 text-[13px] text-ink-3">{n ? t('campaigns.posts', { n }) : t('campaigns.none')}</p>
      {n > 0 && <Shares posts={campaign.posts} />}
    </li>
  );
}
