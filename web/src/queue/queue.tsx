// The queue of an account: the coming days, slot by slot, with what goes out then and what is free.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarClock, CirclePause, CirclePlay, FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { PracticeMark } from '../accounts/practice_mark';
import { api, ask, type QueueEntry, type QueueOfAccount } from '../api/client';
import { accountsQuery, queueQuery } from '../api/queries';
import { t } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { cx } from '../kit/cx';
import { Confirm } from '../kit/dialog';
import { Empty, Waiting } from '../kit/empty';
import { useChosenInSight } from '../kit/in_sight';
import { Note, Trouble } from '../kit/note';
import { zoneCity } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import { useNetworkLabel } from '../networks/label';
import { Screen, ScreenHead } from '../shell/shell';
import { Day, type Dragged } from './day';
import { againstSlot, useMoves } from './moves';
import { QueuePlaces } from './places';
import { SlotsDialog } from './slots';

export function QueueScreen() {
  const search = useSearch({ from: '/inside/queue' });
  const queue = useQuery(queueQuery);
  if (!queue.data)
    return (
      <Screen>
        <ScreenHead title={t('nav.queue')} />
        {queue.error ? <Trouble error={queue.error} /> : <Waiting rows={5} label={t('loading')} height="h-16" />}
      </Screen>
    );
  const all = queue.data.accounts;
  const chosen = all.find((a) => a.account === search.account) ?? all[0];
  if (!chosen)
    return (
      <Screen>
        <ScreenHead title={t('nav.queue')} />
        <Empty
          title={t('queue.emptyTitle')}
          actions={
            <Link to="/accounts" className={buttonClass('primary')}>
              {t('queue.connect')}
            </Link>
          }
        >
          {t('queue.emptyText')}
        </Empty>
      </Screen>
    );
  return <OfAccount key={chosen.account} queue={chosen} all={all} />;
}

function OfAccount({ queue, all }: { queue: QueueOfAccount; all: QueueOfAccount[] }) {
  const [editing, setEditing] = useState(false);
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const account = useQuery(accountsQuery).data?.find((a) => a.id === queue.account);
  const { move, moving } = useMoves(queue.zone, account);
  const slots = queue.entries.filter((e) => e.slot);
  const labelOf = useNetworkLabel();
  const free = slots.filter((s) => !s.posts.length && s.closed === null).length;
  return (
    <Screen>
      <ScreenHead
        title={t('nav.queue')}
        lead={t('queue.lead')}
        actions={
          <>
            <Pause queue={queue} />
            <Link to="/import" className={buttonClass('quiet')}>
              <FileSpreadsheet size={16} aria-hidden />
              {t('import.open')}
            </Link>
            <Button icon={CalendarClock} onClick={() => setEditing(true)}>
              {t('queue.edit')}
            </Button>
          </>
        }
      />
      <QueuePlaces />
      <Accounts all={all} chosen={queue.account} />
      <p className="mt-4 mb-6 text-sm text-ink-3">
        {t('queue.counts', { free, all: slots.length })}. {t('queue.zone', { city: zoneCity(queue.zone) })}{' '}
        {t('queue.keys')} {queue.usual && t('queue.usual')}
      </p>
      {queue.entries.length === 0 ? (
        <Empty
          title={t('queue.noSlots')}
          actions={
            <Button look="primary" icon={CalendarClock} onClick={() => setEditing(true)}>
              {t('queue.edit')}
            </Button>
          }
        >
          {t('queue.noSlotsText')}
        </Empty>
      ) : (
        <div className="grid gap-7">
          {byDay(queue.entries).map(([day, entries]) => (
            <Day
              key={day}
              day={day}
              entries={entries}
              queue={queue}
              slots={slots}
              against={(slot) => againstSlot(slot, account)}
              dragged={dragged}
              moving={moving}
              onDrag={setDragged}
              onMove={move}
            />
          ))}
        </div>
      )}
      {editing && <SlotsDialog account={queue.account} name={`${queue.name} (${labelOf(queue.network)})`} onClose={() => setEditing(false)} />}
    </Screen>
  );
}

function byDay(entries: QueueEntry[]): [string, QueueEntry[]][] {
  const days = new Map<string, QueueEntry[]>();
  for (const entry of entries) {
    const day = entry.local.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}

function Accounts({ all, chosen }: { all: QueueOfAccount[]; chosen: string }) {
  const navigate = useNavigate();
  const labelOf = useNetworkLabel();
  const row = useChosenInSight<HTMLDivElement>();
  return (
    <div
      ref={row}
      role="group"
      aria-label={t('queue.of')}
      className="relative flex gap-2 max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:py-1 sm:flex-wrap"
    >
      {all.map((a) => (
        <button
          key={a.account}
          type="button"
          aria-pressed={a.account === chosen}
          onClick={() => void navigate({ to: '/queue', search: { account: a.account }, replace: true })}
          className={cx(
            'flex max-w-full shrink-0 items-center gap-2.5 rounded-full border py-1.5 pr-3.5 pl-1.5 text-sm font-medium transition-colors',
            a.account === chosen
              ? 'border-accent bg-accent-soft text-accent'
              : 'border-line-strong bg-surface hover:border-control',
          )}
        >
          <Avatar name={a.name} network={a.network} size={28} />
          <span className="truncate">
            {a.name} <span className="font-normal text-ink-3">{labelOf(a.network)}</span>
          </span>
          <PracticeMark of={a} />
        </button>
      ))}
    </div>
  );
}

// Holding an account is what pausing its queue is: nothing goes out for it.
function Pause({ queue }: { queue: QueueOfAccount }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const params = { path: { id: queue.account } };
  const act = useMutation({
    mutationFn: (hold: boolean) =>
      ask(
        hold
          ? api.POST('/api/v1/accounts/{id}/hold', { params })
          : api.POST('/api/v1/accounts/{id}/release', { params }),
      ),
    onSuccess: (_, hold) =>
      toastDone(hold ? t('queue.paused', { name: queue.name }) : t('queue.resumed', { name: queue.name })),
    onError: toastError,
    onSettled: () => {
      setAsking(false);
      void queries.invalidateQueries({ queryKey: ['queue'] });
      void queries.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  if (queue.hold !== 'none')
    return (
      <Note
        tone="warn"
        title={t('queue.paused', { name: queue.name })}
        className="items-center py-2"
        actions={
          queue.hold === 'disabled' && (
            <Button size="sm" icon={CirclePlay} busy={act.isPending} onClick={() => act.mutate(false)}>
              {t('queue.resume')}
            </Button>
          )
        }
      >
        {queue.hold !== 'disabled' && queue.hold_text}
      </Note>
    );
  return (
    <>
      <Button icon={CirclePause} onClick={() => setAsking(true)}>
        {t('queue.pause')}
      </Button>
      {asking && (
        <Confirm
          title={t('queue.pauseTitle', { name: queue.name })}
          action={t('queue.pause')}
          busy={act.isPending}
          onConfirm={() => act.mutate(true)}
          onClose={() => setAsking(false)}
        >
          {t('queue.pauseText')}
        </Confirm>
      )}
    </>
  );
}
