// The evergreen pool: posts that may be used again, whose gaps they fill, and what they would fill now.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Leaf, Trash2 } from 'lucide-react';
import type { components } from '#contract';
import { api, ask, type Account } from '../api/client';
import { accountsQuery } from '../api/queries';
import { wallText } from '../compose/wall';
import { t } from '../i18n';
import { Button, buttonClass, IconButton } from '../kit/button';
import { Empty, Waiting } from '../kit/empty';
import { Select } from '../kit/field';
import { Trouble } from '../kit/note';
import { shortTime } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import { useNetworkLabel } from '../networks/label';
import { FilledMark } from '../posts/said';
import { QueuePlaces } from '../queue/places';
import { Screen, ScreenHead } from '../shell/shell';

type Pool = components['schemas']['Evergreen'];
type PoolPost = components['schemas']['EvergreenPost'];

export const evergreenQuery = queryOptions({
  queryKey: ['evergreen'],
  queryFn: () => ask(api.GET('/api/v1/evergreen')),
});

export function usePool() {
  const queries = useQueryClient();
  return (pool: Pool) => {
    queries.setQueryData(evergreenQuery.queryKey, pool);
    for (const key of ['posts', 'queue', 'calendar']) void queries.invalidateQueries({ queryKey: [key] });
  };
}

export function EvergreenScreen() {
  const pool = useQuery(evergreenQuery);
  const accounts = useQuery(accountsQuery).data ?? [];
  const take = usePool();
  const fill = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/evergreen/fill')),
    onSuccess: (now) => {
      const filled = (pool.data?.gaps.length ?? 0) - now.gaps.length;
      take(now);
      toastDone(t('evergreen.filled', { n: filled }));
    },
    onError: toastError,
  });
  return (
    <Screen>
      <ScreenHead
        title={t('evergreen.title')}
        lead={t('evergreen.lead')}
        actions={
          <Button
            look="primary"
            icon={Leaf}
            busy={fill.isPending}
            disabled={!pool.data?.gaps.length}
            onClick={() => fill.mutate()}
          >
            {t('evergreen.fill', { n: pool.data?.gaps.length ?? 0 })}
          </Button>
        }
      />
      <QueuePlaces />
      {pool.error && <Trouble error={pool.error} />}
      {pool.isPending && <Waiting rows={3} label={t('loading')} />}
      {pool.data && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
          <Posts pool={pool.data} accounts={accounts} />
          <Whose pool={pool.data} accounts={accounts} />
          <Gaps pool={pool.data} accounts={accounts} />
        </div>
      )}
    </Screen>
  );
}

function Posts({ pool, accounts }: { pool: Pool; accounts: Account[] }) {
  if (!pool.posts.length)
    return (
      <Empty
        title={t('evergreen.emptyTitle')}
        actions={
          <Link to="/posts" className={buttonClass('primary')}>
            {t('evergreen.toPosts')}
          </Link>
        }
      >
        {t('evergreen.emptyText')}
      </Empty>
    );
  return (
    <section>
      <h2 className="mb-3 text-lg font-semibold">{t('evergreen.posts')}</h2>
      <ul className="card divide-y divide-line overflow-hidden">
        {pool.posts.map((post) => (
          <Item key={post.id} post={post} accounts={accounts} />
        ))}
      </ul>
    </section>
  );
}

const timesToChoose = [0, 1, 2, 3, 6, 12];

function Item({ post, accounts }: { post: PoolPost; accounts: Account[] }) {
  const take = usePool();
  const params = { path: { id: post.id } };
  const put = useMutation({
    mutationFn: (body: { most: number; expires?: string }) => ask(api.PUT('/api/v1/evergreen/{id}', { params, body })),
    onSuccess: take,
    onError: toastError,
  });
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/evergreen/{id}', { params })),
    onSuccess: (pool) => (take(pool), toastDone(t('evergreen.removed'))),
    onError: toastError,
  });
  const words = post.title || post.says || post.text || t('queue.noText');
  const change = (most: number, day: string) => put.mutate({ most, ...(day && { expires: `${day}T00:00:00Z` }) });
  const day = post.expires?.slice(0, 10) ?? '';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5" data-post={post.id}>
      <div className="min-w-0 flex-1 basis-64">
        <Link to="/posts/$id" params={{ id: post.id }} className="line-clamp-2 text-sm font-medium underline underline-offset-3">
          {words}
          {post.says !== undefined && !post.title && <FilledMark />}
        </Link>
        <p className="mt-0.5 flex flex-wrap items-center gap-2 text-[13px] text-ink-3">
          {post.accounts.map((id) => {
            const account = accounts.find((a) => a.id === id);
            return account && <Avatar key={id} name={account.name} network={account.network} size={20} />;
          })}
          {post.uses.length ? t('evergreen.used', { n: post.uses.length }) : t('evergreen.unused')}
          {post.uses.length > 0 && (
            <Link
              to="/posts/$id"
              params={{ id: post.uses.at(-1)!.post }}
              className="underline underline-offset-3"
            >
              {shortTime(post.uses.at(-1)!.slot)}
            </Link>
          )}
        </p>
      </div>
      <Select
        aria-label={t('evergreen.most', { text: words })}
        className="w-44!"
        value={String(post.most)}
        onChange={(e) => change(Number(e.target.value), day)}
        options={[...new Set([...timesToChoose, post.most])].map((n) => ({
          value: String(n),
          label: n ? t('evergreen.times', { n }) : t('evergreen.always'),
        }))}
      />
      <label className="flex items-center gap-2 text-[13px] text-ink-2">
        {t('evergreen.until')}
        <input
          type="date"
          value={day}
          onChange={(e) => change(post.most, e.target.value)}
          className="h-10 rounded-[9px] border border-control bg-surface px-2 text-sm"
        />
      </label>
      <IconButton icon={Trash2} label={t('evergreen.remove', { text: words })} onClick={() => remove.mutate()} />
    </li>
  );
}

function Whose({ pool, accounts }: { pool: Pool; accounts: Account[] }) {
  if (!accounts.length) return null;
  return (
    <section>
      <h2 className="mb-1 text-lg font-semibold">{t('evergreen.whose')}</h2>
      <p className="mb-3 text-sm text-ink-2">{t('evergreen.whoseText')}</p>
      <ul className="card divide-y divide-line overflow-hidden">
        {accounts.map((account) => (
          <Rule key={account.id} account={account} rule={pool.accounts.find((a) => a.account === account.id)} />
        ))}
      </ul>
    </section>
  );
}

const aheads = [3, 7, 14, 30];
const agains = [7, 14, 30, 60, 90];
const choices = (days: number[], now: number, word: 'evergreen.ahead' | 'evergreen.again') =>
  [...new Set([...days, now])].sort((a, b) => a - b).map((n) => ({ value: String(n), label: t(word, { n }) }));

function Rule({ account, rule }: { account: Account; rule?: Pool['accounts'][number] }) {
  const take = usePool();
  const params = { path: { id: account.id } };
  const put = useMutation({
    mutationFn: (body: { ahead_days: number; again_days: number } | null) =>
      ask(
        body
          ? api.PUT('/api/v1/accounts/{id}/evergreen', { params, body })
          : api.DELETE('/api/v1/accounts/{id}/evergreen', { params }),
      ),
    onSuccess: take,
    onError: toastError,
  });
  const on = put.isPending ? put.variables !== null : !!rule; // as it will be
  const labelOf = useNetworkLabel();
  const ahead = rule?.ahead_days ?? 7;
  const again = rule?.again_days ?? 30;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <label className="flex min-w-0 flex-1 basis-56 items-center gap-3 text-sm font-medium">
        <input
          type="checkbox"
          checked={on}
          onChange={(e) => put.mutate(e.target.checked ? { ahead_days: ahead, again_days: again } : null)}
        />
        <Avatar name={account.name} network={account.network} size={28} />
        <span className="truncate">
          {account.name} <span className="font-normal text-ink-3">{labelOf(account.network)}</span>
        </span>
      </label>
      {rule && (
        <>
          <Select
            aria-label={t('evergreen.aheadOf', { name: account.name })}
            className="w-48!"
            value={String(ahead)}
            onChange={(e) => put.mutate({ ahead_days: Number(e.target.value), again_days: again })}
            options={choices(aheads, ahead, 'evergreen.ahead')}
          />
          <Select
            aria-label={t('evergreen.againOf', { name: account.name })}
            className="w-64!"
            value={String(again)}
            onChange={(e) => put.mutate({ ahead_days: ahead, again_days: Number(e.target.value) })}
            options={choices(agains, again, 'evergreen.again')}
          />
        </>
      )}
    </li>
  );
}

function Gaps({ pool, accounts }: { pool: Pool; accounts: Account[] }) {
  if (!pool.gaps.length) return null;
  return (
    <section>
      <h2 className="mb-3 text-lg font-semibold">{t('evergreen.gaps')}</h2>
      <ul className="card divide-y divide-line overflow-hidden">
        {pool.gaps.map((gap) => {
          const post = pool.posts.find((p) => p.id === gap.post);
          const account = accounts.find((a) => a.id === gap.account);
          return (
            <li key={gap.account + gap.utc} className="flex items-center gap-4 px-4 py-2.5 text-sm sm:px-5">
              <span className="nums w-40 shrink-0">{wallText(gap.local)}</span>
              {account && <Avatar name={account.name} network={account.network} size={22} />}
              <span className="min-w-0 flex-1 truncate text-ink-2">{post?.title || gap.says || t('queue.noText')}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
