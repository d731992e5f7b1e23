// The sandbox drawer: each practice network's feed, the faults that can be ordered there, and what Carillon does about
// them at this moment.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck, ExternalLink, HeartPulse, KeyRound, MessageCircleOff, Timer, Unplug, X, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { api, ask, type Account, type PostState, type SandboxState, type System } from '../api/client';
import { accountsQuery, sandboxQuery, systemQuery } from '../api/queries';
import { t, tx } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { Countdown } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { NetworkMark } from '../networks/look';

const faults = ['rate_limit', 'outage', 'expired_token', 'lost_answers'] as const;
type FaultName = (typeof faults)[number];
const icons: Record<FaultName, LucideIcon> = {
  rate_limit: Timer,
  outage: Unplug,
  expired_token: KeyRound,
  lost_answers: MessageCircleOff,
};
type Order = SandboxState['orders'][number];
type Network = SandboxState['networks'][number];

function useOrders() {
  const queries = useQueryClient();
  const take = (state: SandboxState) => {
    queries.setQueryData(sandboxQuery.queryKey, state);
    void queries.invalidateQueries({ queryKey: ['system'] });
  };
  const order = useMutation({
    mutationFn: (body: { network: string; fault: FaultName }) => ask(api.POST('/api/v1/sandbox/faults', { body })),
    onSuccess: take,
    onError: toastError,
  });
  const remove = useMutation({
    mutationFn: (id: number) => ask(api.DELETE('/api/v1/sandbox/faults/{id}', { params: { path: { id } } })),
    onSuccess: take,
    onError: toastError,
    onSettled: () => void queries.invalidateQueries(sandboxQuery),
  });
  const heal = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/sandbox/faults')),
    onSuccess: (state) => {
      take(state);
      toastDone(t('drawer.healed'));
    },
    onError: toastError,
  });
  return { order, remove, heal };
}

export function SandboxDrawer({ onClose }: { onClose: () => void }) {
  const state = useQuery({ ...sandboxQuery, refetchInterval: 2000 });
  const { order, remove, heal } = useOrders();
  const orders = state.data?.orders ?? [];
  return (
    <Dialog
      side
      title={t('drawer.title')}
      onClose={onClose}
      footer={
        <>
          <p role="status" className="mr-auto flex items-center gap-2 text-sm text-ink-2">
            {state.data && orders.length === 0 && (
              <>
                <CircleCheck size={16} aria-hidden className="text-ok" />
                {t('drawer.healthy')}
              </>
            )}
          </p>
          <Button
            look={orders.length ? 'primary' : 'quiet'}
            icon={HeartPulse}
            busy={heal.isPending}
            disabled={!orders.length}
            onClick={() => heal.mutate()}
          >
            {t('drawer.heal')}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">{t('drawer.lead')}</p>
      {state.error && <Trouble error={state.error} />}
      {state.isPending && !state.error && <Waiting rows={4} label={t('loading')} />}
      {state.data && (
        <>
          <Doing />
          <Others orders={orders} onRemove={(id) => remove.mutate(id)} />
          <ul className="mt-4 grid gap-3">
            {state.data.networks.map((network) => (
              <Place
                key={network.network}
                network={network}
                orders={orders.filter((o) => o.network === network.network)}
                onOrder={(fault) => order.mutate({ network: network.network, fault })}
                onRemove={(id) => remove.mutate(id)}
              />
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

interface PlaceProps {
  network: Network;
  orders: Order[];
  onOrder: (fault: FaultName) => void;
  onRemove: (id: number) => void;
}

// One network. A button that is on takes its order back.
function Place({ network, orders, onOrder, onRemove }: PlaceProps) {
  return (
    <li data-network={network.network} className={cx('card p-4', orders.length > 0 && '!border-bad-line')}>
      <div className="flex items-center gap-3">
        <NetworkMark network={network.network} size={28} />
        <h3 className="min-w-0 flex-1 font-semibold">{network.label}</h3>
        <a href={network.feed} target="_blank" rel="noreferrer" className={buttonClass('quiet', 'sm')}>
          {t('drawer.feed')}
          <span className="sr-only"> {network.label}</span>
          <ExternalLink size={13} aria-hidden />
        </a>
      </div>
      <div role="group" aria-label={t('drawer.faults', { network: network.label })} className="mt-3 grid grid-cols-2 gap-2">
        {faults.map((fault) => {
          const on = orders.find((o) => o.fault === fault);
          const Icon = icons[fault];
          return (
            <button
              key={fault}
              type="button"
              aria-pressed={!!on}
              title={t(`drawer.${fault}.what`)}
              onClick={() => (on ? onRemove(on.id) : onOrder(fault))}
              className={cx(
                'flex min-h-11 items-center gap-2.5 rounded-lg border px-3 py-1.5 text-left text-[13.5px] transition-colors',
                on
                  ? 'border-bad-line bg-bad-soft font-semibold text-bad'
                  : 'border-line-strong font-medium text-ink-2 hover:border-control hover:text-ink',
              )}
            >
              <Icon size={16} aria-hidden className="shrink-0" />
              <span className="min-w-0">
                {t(`drawer.${fault}`)}
                {on && (
                  <span className="block text-[12px] leading-snug font-normal">
                    {t(on.times < 0 ? 'drawer.on' : 'drawer.armed')}
                  </span>
                )}
              </span>
            </button>
          );
        })}
      </div>
      {orders.map((o) => o.fault in icons && (
        <p key={o.id} className="mt-2.5 text-[13px] text-ink-2">
          {t(`drawer.${o.fault as FaultName}.what`)}
        </p>
      ))}
    </li>
  );
}

// Orders that are not a button here: of every network, or made at the sandbox's own page.
function Others({ orders, onRemove }: { orders: Order[]; onRemove: (id: number) => void }) {
  const others = orders.filter((o) => !o.network || !o.fault);
  if (!others.length) return null;
  const name = (o: Order) => (o.fault in icons ? t(`drawer.${o.fault as FaultName}`) : t('drawer.other', { kind: o.kind }));
  return (
    <ul className="mt-4 grid gap-1.5">
      {others.map((o) => (
        <li key={o.id} className="flex items-center gap-2 rounded-lg bg-bad-soft py-1 pr-1 pl-3 text-[13px] text-bad">
          <span className="flex-1">
            {name(o)} · {o.network || t('drawer.everywhere')}
          </span>
          <button
            type="button"
            aria-label={t('drawer.remove', { fault: name(o) })}
            onClick={() => onRemove(o.id)}
            className="grid size-8 place-items-center rounded-md hover:bg-surface"
          >
            <X size={15} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

// What the engine does about it: lanes that are closed, accounts that are held, deliveries that wait for another try
// or for an answer.
function Doing() {
  const system = useQuery({ ...systemQuery, refetchInterval: 2000 }).data;
  const accounts = useQuery({ ...accountsQuery, refetchInterval: 4000 }).data;
  const pending = useQuery({ ...pendingQuery, refetchInterval: 2000 }).data ?? [];
  if (!system || !accounts) return null;
  const practice = accounts.filter((a) => a.sandbox);
  const lines = linesOf(system, practice);
  return (
    <section aria-labelledby="drawer-now" className="mt-4 rounded-lg bg-raised px-4 py-3 text-sm" data-testid="doing">
      <h3 id="drawer-now" className="text-[13px] font-semibold text-ink-2">
        {t('drawer.now')}
      </h3>
      {practice.length === 0 ? (
        <p className="mt-1 text-ink-2">{t('drawer.none')}</p>
      ) : lines.length + pending.length ? (
        <ul className="mt-1 grid gap-1">
          {lines.map((line, i) => (
            <Line key={i}>{line}</Line>
          ))}
          {pending.map((d) => (
            <Line key={d.id}>
              <Link to="/posts/$id" params={{ id: d.post }} search={{ target: d.id }} className="underline decoration-line-strong underline-offset-3">
                {practice.find((a) => a.id === d.account)?.name ?? d.network}
              </Link>{' '}
              ({d.network}): {d.reason_text}{' '}
              {d.due && new Date(d.due).getTime() > Date.now() && tx('post.nextLook', { time: <Countdown to={d.due} /> })}
            </Line>
          ))}
        </ul>
      ) : (
        <p className="mt-1 text-ink-2">{t('drawer.calm')}</p>
      )}
    </section>
  );
}

const Line = ({ children }: { children: ReactNode }) => (
  <li className="nums flex gap-2">
    <span aria-hidden className="mt-2 size-1.5 shrink-0 rounded-full bg-[light-dark(#c98a14,#e9b44c)]" />
    <span className="min-w-0">{children}</span>
  </li>
);

// What was due already and is not settled, of the latest posts that have such.
const looked = 6;
const pendingQuery = queryOptions({
  queryKey: ['posts', 'pending'],
  queryFn: async () => {
    const query = {
      state: ['scheduled', 'publishing', 'uncertain'] as PostState[],
      until: new Date().toISOString(),
      order: 'newest' as const,
      limit: looked,
    };
    const { items } = await ask(api.GET('/api/v1/posts', { params: { query } }));
    const posts = await Promise.all(
      items.map((post) => ask(api.GET('/api/v1/posts/{id}', { params: { path: { id: post.id } } }))),
    );
    return posts
      .flatMap((post) => post.deliveries ?? [])
      .filter((d) => !d.superseded && d.settled === null && d.sandbox && d.reason !== 'after_part' && d.state !== 'in_flight');
  },
});

function linesOf(system: System, accounts: Account[]): ReactNode[] {
  const closed = system.lanes_closed.map((lane) => {
    const account = accounts.find((a) => a.id === lane.account);
    return account && tx('drawer.closedUntil', { name: nameOf(account), time: <Countdown to={lane.until} /> });
  });
  const held = accounts
    .filter((a) => a.hold !== 'none')
    .map((a) => t('drawer.held', { name: nameOf(a), why: a.health.text }));
  return [...closed.filter(Boolean), ...held];
}
const nameOf = (a: Account) => `${a.name} (${a.network})`;
