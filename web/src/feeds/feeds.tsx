// Feeds that become posts: what is followed, how it goes, and what came of it.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CirclePause, CirclePlay, PencilLine, RefreshCw, Rss, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { components } from '#contract';
import { api, ask } from '../api/client';
import { accountsQuery } from '../api/queries';
import { t } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { Chip } from '../kit/chip';
import { Confirm } from '../kit/dialog';
import { Empty, Waiting } from '../kit/empty';
import { Note, Trouble } from '../kit/note';
import { Ago } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import { QueuePlaces } from '../queue/places';
import { Screen, ScreenHead } from '../shell/shell';
import { FeedDialog } from './form';
import { paceText } from './pace';

export type Feed = components['schemas']['Feed'];

export const feedsQuery = queryOptions({
  queryKey: ['feeds'],
  queryFn: async () => (await ask(api.GET('/api/v1/feeds'))).items,
});

export function FeedsScreen() {
  const feeds = useQuery(feedsQuery);
  const [open, setOpen] = useState<Feed | 'new' | null>(null);
  return (
    <Screen>
      <ScreenHead
        title={t('feeds.title')}
        lead={t('feeds.lead')}
        actions={
          <Button look="primary" icon={Rss} onClick={() => setOpen('new')}>
            {t('feeds.add')}
          </Button>
        }
      />
      <QueuePlaces />
      {feeds.error && <Trouble error={feeds.error} />}
      {feeds.isPending && <Waiting rows={3} label={t('loading')} />}
      {feeds.data?.length === 0 && (
        <Empty
          title={t('feeds.emptyTitle')}
          actions={
            <Button look="primary" icon={Rss} onClick={() => setOpen('new')}>
              {t('feeds.add')}
            </Button>
          }
        >
          {t('feeds.emptyText')}
        </Empty>
      )}
      <ul className="grid gap-4">
        {feeds.data?.map((feed) => (
          <FeedCard key={feed.id} feed={feed} onEdit={() => setOpen(feed)} />
        ))}
      </ul>
      {open && <FeedDialog feed={open === 'new' ? undefined : open} onClose={() => setOpen(null)} />}
    </Screen>
  );
}

function useFeedActions(feed: Feed) {
  const queries = useQueryClient();
  const params = { path: { id: feed.id } };
  const onSettled = () => {
    for (const key of ['feeds', 'posts', 'queue']) void queries.invalidateQueries({ queryKey: [key] });
  };
  const fetch = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/feeds/{id}/fetch', { params })),
    onSuccess: (now) => !now.trouble && toastDone(t('feeds.fetched')),
    onError: toastError,
    onSettled,
  });
  const pause = useMutation({
    mutationFn: () => ask(api.PATCH('/api/v1/feeds/{id}', { params, body: { paused: !feed.paused } })),
    onError: toastError,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/feeds/{id}', { params })),
    onSuccess: () => toastDone(t('feeds.removed')),
    onError: toastError,
    onSettled,
  });
  return { fetch, pause, remove };
}

function FeedCard({ feed, onEdit }: { feed: Feed; onEdit: () => void }) {
  const accounts = useQuery(accountsQuery).data ?? [];
  const [asking, setAsking] = useState(false);
  const { fetch, pause, remove } = useFeedActions(feed);
  const name = feed.title || feed.address;
  const made = feed.items.filter((item) => item.post);
  return (
    <li className="card p-5" data-feed={feed.address}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="font-semibold break-words">{name}</h2>
          {feed.title && <p className="text-[13px] break-all text-ink-3">{feed.address}</p>}
        </div>
        <span className="flex items-center gap-1">
          {feed.paused && <Chip tone="warn">{t('feeds.paused')}</Chip>}
          <IconButton icon={RefreshCw} label={t('feeds.fetch', { name })} onClick={() => fetch.mutate()} disabled={fetch.isPending} />
          <IconButton
            icon={feed.paused ? CirclePlay : CirclePause}
            label={t(feed.paused ? 'feeds.resume' : 'feeds.pause', { name })}
            onClick={() => pause.mutate()}
          />
          <IconButton icon={PencilLine} label={t('feeds.edit', { name })} onClick={onEdit} />
          <IconButton icon={Trash2} label={t('feeds.remove', { name })} onClick={() => setAsking(true)} />
        </span>
      </div>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-2">
        <span>{t(`feeds.as.${feed.becomes}`)}</span>
        <span className="flex gap-1">
          {feed.accounts.map((id) => {
            const account = accounts.find((a) => a.id === id);
            return account && <Avatar key={id} name={account.name} network={account.network} size={22} />;
          })}
        </span>
        <span>{paceText(feed.every_minutes)}</span>
        <span>
          {feed.fetched ? (
            <>
              {t('feeds.last')} <Ago at={feed.fetched} />
            </>
          ) : (
            t('feeds.never')
          )}
        </span>
      </p>
      {feed.trouble && (
        <Note tone="bad" className="mt-3" title={feed.trouble}>
          {t('feeds.again', { n: feed.failures })} <Ago at={feed.next} />
        </Note>
      )}
      {made.length > 0 && (
        <ul className="mt-3 grid gap-1 border-t border-line pt-3 text-sm">
          {made.slice(0, 5).map((item) => (
            <li key={item.post} className="truncate">
              <Link to="/posts/$id" params={{ id: item.post! }} className="underline underline-offset-3">
                {item.title || item.link}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {asking && (
        <Confirm
          title={t('feeds.removeTitle', { name })}
          action={t('feeds.removeNow')}
          danger
          busy={remove.isPending}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        >
          {t('feeds.removeText')}
        </Confirm>
      )}
    </li>
  );
}
