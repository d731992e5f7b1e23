// One campaign: everything that belongs to it, with its numbers.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, CalendarDays, CircleAlert, ListChecks, Newspaper, PenLine } from 'lucide-react';
import type { Post } from '../api/client';
import { t } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { Ago, At } from '../kit/time';
import { Avatar } from '../networks/avatar';
import { Faces } from '../posts/row';
import { Screen, useTitle } from '../shell/shell';
import { Accounts } from './accounts';
import { ByNetwork, ByState, Timeline } from './numbers';
import { campaignQuery, daysText, type CampaignView } from './read';
import { CampaignChip, Dot } from './state';
import { Controls, StoppedNote } from './switch';

export function CampaignScreen() {
  const { id } = useParams({ from: '/inside/campaigns/$id' });
  const campaign = useQuery(campaignQuery(id));
  if (campaign.data) return <Loaded view={campaign.data} />;
  return (
    <Screen>
      {campaign.error ? (
        <Trouble
          error={campaign.error}
          actions={
            <Button size="sm" onClick={() => void campaign.refetch()}>
              {t('retry')}
            </Button>
          }
        />
      ) : (
        <Waiting rows={4} label={t('loading')} />
      )}
    </Screen>
  );
}

function Loaded({ view }: { view: CampaignView }) {
  return (
    <Screen wide>
      <Head view={view} />
      <StoppedNote view={view} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,440px)]">
        <div className="grid min-w-0 gap-5">
          <ByState view={view} />
          <Next view={view} />
          <Failures view={view} />
          <ByNetwork view={view} />
          <Timeline view={view} />
        </div>
        <Accounts view={view} />
      </div>
    </Screen>
  );
}

function Head({ view }: { view: CampaignView }) {
  useTitle(view.name);
  const days = daysText(view);
  return (
    <div className="pb-6">
      <Link
        to="/campaigns"
        className="mb-3 inline-flex h-8 items-center gap-1.5 rounded-md text-sm text-ink-3 hover:text-ink"
      >
        <ArrowLeft size={16} aria-hidden />
        {t('campaign.back')}
      </Link>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <Dot colour={view.colour} size={16} />
            <h1 className="min-w-0 text-[26px] leading-tight font-semibold tracking-tight break-words">{view.name}</h1>
            <CampaignChip state={view.state} />
          </div>
          {days && <p className="mt-1.5 text-ink-2">{days}</p>}
          {view.notes && <p className="mt-1.5 max-w-2xl whitespace-pre-line text-ink-2">{view.notes}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Link
            to="/compose"
            search={{ campaign: view.id, accounts: firstEnabled(view) }}
            className={buttonClass('quiet')}
          >
            <PenLine size={16} aria-hidden />
            {t('campaign.write')}
          </Link>
          <Controls view={view} />
        </div>
      </div>
      <div className="mt-4 flex flex-wrap gap-2 text-sm">
        <Link to="/calendar" search={{ campaign: view.id }} className={buttonClass('plain', 'sm')}>
          <CalendarDays size={15} aria-hidden />
          {t('campaign.inCalendar')}
        </Link>
        <Link to="/posts" search={{ campaign: view.id }} className={buttonClass('plain', 'sm')}>
          <Newspaper size={15} aria-hidden />
          {t('campaign.inList')}
        </Link>
        {view.open_tasks > 0 && (
          <Link to="/tasks" search={{ campaign: view.id }} className={buttonClass('plain', 'sm')}>
            <ListChecks size={15} aria-hidden />
            {t('campaign.openTasks', { n: view.open_tasks })}
          </Link>
        )}
      </div>
    </div>
  );
}

const firstEnabled = (view: CampaignView) =>
  view.accounts
    .filter((account) => account.enabled)
    .map((account) => account.account)
    .join(',') || undefined;

function Next({ view }: { view: CampaignView }) {
  return (
    <section className="card overflow-hidden" aria-labelledby="next">
      <h2 id="next" className="px-4 pt-4 pb-2 font-semibold sm:px-5">
        {t('campaign.next')}
      </h2>
      {view.next.length === 0 && <p className="px-4 pb-4 text-sm text-ink-3 sm:px-5">{t('campaign.nothingNext')}</p>}
      <ul className="divide-y divide-line">
        {view.next.map((post) => (
          <NextRow key={post.id} post={post} />
        ))}
      </ul>
    </section>
  );
}

// The day is what matters here: the campaign is known, and all of them are scheduled.
function NextRow({ post }: { post: Post }) {
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-3 transition-colors hover:bg-raised sm:px-5">
      <span className="nums w-44 shrink-0 text-sm text-ink-2">
        {post.at && <At at={post.at.utc} zone={post.at.zone} />}
      </span>
      <Link
        to="/posts/$id"
        params={{ id: post.id }}
        className="line-clamp-1 min-w-0 flex-1 basis-48 font-medium before:absolute before:inset-0 focus-inset"
      >
        {post.title || post.content.parts[0]?.text || t('posts.noText')}
      </Link>
      <Faces targets={post.targets} />
    </li>
  );
}

function Failures({ view }: { view: CampaignView }) {
  if (view.failures.length === 0) return null;
  return (
    <section className="card overflow-hidden" aria-labelledby="failures">
      <h2 id="failures" className="flex items-center gap-2 px-4 pt-4 pb-2 font-semibold sm:px-5">
        <CircleAlert size={17} aria-hidden className="text-bad" />
        {t('campaign.failures')}
      </h2>
      <ul className="divide-y divide-line">
        {view.failures.map((delivery) => {
          const account = view.accounts.find((a) => a.account === delivery.account);
          return (
            <li key={delivery.id} className="flex flex-wrap items-start gap-x-3 gap-y-1.5 px-4 py-3 text-sm sm:px-5">
              <Avatar name={account?.name ?? ''} network={delivery.network} size={26} />
              <div className="min-w-0 flex-1 basis-56">
                <p>{delivery.fault?.text ?? delivery.reason_text}</p>
                {delivery.fault?.remedy && <p className="text-ink-2">{delivery.fault.remedy}</p>}
                <p className="mt-0.5 text-[13px] text-ink-3">
                  {account?.name} · {delivery.settled && <Ago at={delivery.settled} />}
                </p>
              </div>
              <Link
                to="/posts/$id"
                params={{ id: delivery.post }}
                search={{ target: delivery.id }}
                className={buttonClass('quiet', 'sm')}
              >
                {t('campaign.openPost')}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
