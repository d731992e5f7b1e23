import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, ExternalLink, Info, OctagonX, Play, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Finding, type System } from '../api/client';
import { accountsQuery, meQuery, networksQuery, systemQuery } from '../api/queries';
import { number, t, tx } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { SandboxMark } from '../kit/chip';
import { cx } from '../kit/cx';
import { Confirm } from '../kit/dialog';
import { Waiting } from '../kit/empty';
import { TextField } from '../kit/field';
import { Trouble } from '../kit/note';
import { Ago, At, Countdown } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { NetworkMark } from '../networks/look';
import { Screen, ScreenHead } from '../shell/shell';
import { Accounts } from './accounts';
import { Log } from './log';
import { Mail } from './mail';
import { Storage } from './storage';

export function SystemScreen() {
  const system = useQuery(systemQuery);
  return (
    <Screen>
      <ScreenHead title={t('nav.system')} lead={t('system.lead')} />
      {system.isPending && <Waiting rows={3} label={t('loading')} />}
      {system.error && <Trouble error={system.error} />}
      {system.data && <Report system={system.data} />}
    </Screen>
  );
}

function Report({ system }: { system: System }) {
  return (
    <div className="grid gap-5">
      <Headline system={system} />
      <div className="grid gap-5 md:grid-cols-2">
        <Queue system={system} />
        <Stop system={system} />
      </div>
      <Lanes system={system} />
      <Accounts />
      <Storage system={system} />
      <Mail />
      {system.sandbox_url && <Sandbox url={system.sandbox_url} />}
      <Log />
      <Facts system={system} />
    </div>
  );
}

const signs = {
  blocker: { icon: CircleAlert, ink: 'text-bad' },
  warning: { icon: TriangleAlert, ink: 'text-warn' },
  info: { icon: Info, ink: 'text-info' },
};

function Headline({ system }: { system: System }) {
  const bad = !system.ready || system.held;
  const wary = !bad && system.findings.some((f) => f.severity !== 'info');
  const Icon = bad ? CircleAlert : wary ? TriangleAlert : CircleCheck;
  return (
    <section
      className={cx('card overflow-hidden', bad && 'border-bad-line', wary && 'border-warn-line')}
      aria-label={t('system.state')}
    >
      <div className="flex items-center gap-4 p-5">
        <span
          className={cx(
            'grid size-12 shrink-0 place-items-center rounded-full',
            bad ? 'bg-bad-soft text-bad' : wary ? 'bg-warn-soft text-warn' : 'bg-ok-soft text-ok',
          )}
        >
          <Icon size={24} aria-hidden />
        </span>
        <div>
          <p role="status" className="text-lg leading-snug font-semibold">
            {system.headline}
          </p>
          <p className="text-sm text-ink-3">{tx('system.asOf', { ago: <Ago at={system.now} /> })}</p>
        </div>
      </div>
      {system.findings.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {system.findings.map((f, i) => (
            <FindingRow key={i} finding={f} isSaid={f.text === system.headline} />
          ))}
        </ul>
      )}
    </section>
  );
}

// isSaid: the headline is this very sentence; then only the way out is told.
function FindingRow({ finding, isSaid }: { finding: Finding; isSaid: boolean }) {
  const { icon: Icon, ink } = signs[finding.severity];
  return (
    <li className="flex items-start gap-3 px-5 py-3.5 text-sm">
      <Icon size={17} aria-hidden className={cx('mt-0.5 shrink-0', ink)} />
      <div className="min-w-0 flex-1">
        {!isSaid && (
          <p className="font-medium">
            <span className="sr-only">{t(`severity.${finding.severity}`)}: </span>
            {finding.text}
          </p>
        )}
        <p className="text-ink-2">{finding.fix}</p>
      </div>
      {finding.id.includes('uncertain') && (
        <Link to="/posts" search={{ view: 'attention' }} className={buttonClass('quiet', 'sm')}>
          {t('nav.posts')}
        </Link>
      )}
      {finding.group === 'accounts' && (
        <Link to="/accounts" className={buttonClass('quiet', 'sm')}>
          {t('nav.accounts')}
        </Link>
      )}
    </li>
  );
}

function Queue({ system }: { system: System }) {
  const { deliveries: d } = system;
  const rows = [
    { label: t('deliveryState.waiting'), n: d.waiting },
    { label: t('deliveryState.in_flight'), n: d.in_flight },
    { label: t('deliveryState.uncertain'), n: d.uncertain, tone: 'text-warn' },
    { label: t('deliveryState.delivered'), n: d.delivered, tone: 'text-ok' },
    { label: t('deliveryState.failed'), n: d.failed, tone: 'text-bad' },
    { label: t('deliveryState.skipped'), n: d.skipped },
    { label: t('deliveryState.canceled'), n: d.canceled },
  ];
  return (
    <section className="card p-5" aria-labelledby="queue">
      <h2 id="queue" className="font-semibold">
        {t('system.queue')}
      </h2>
      <p className="mt-1 text-sm text-ink-2">
        {system.oldest_overdue
          ? tx('system.overdue', {
              time: <At at={system.oldest_overdue.due} />,
              ago: <Ago at={system.oldest_overdue.due} />,
            })
          : t('system.notOverdue')}
      </p>
      <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-2 text-sm">
        {rows.map((row) => (
          <div key={row.label} className="flex items-baseline justify-between border-b border-line pb-1.5">
            <dt className="text-ink-2">{row.label}</dt>
            <dd className={cx('nums font-semibold', row.n > 0 ? row.tone : 'text-ink-3')}>{number(row.n)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

// The one switch that stops everything, and its way back.
function Stop({ system }: { system: System }) {
  const queries = useQueryClient();
  const may = useQuery(meQuery).data?.permissions.includes('system.manage');
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState('');
  const take = (next: System) => {
    queries.setQueryData(systemQuery.queryKey, next);
    void queries.invalidateQueries({ queryKey: ['me'] });
    setAsking(false);
  };
  const hold = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/system/hold', { body: why ? { why } : {} })),
    onSuccess: (next) => {
      take(next);
      toastDone(t('stop.done'));
    },
    onError: toastError,
  });
  const release = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/system/release')),
    onSuccess: (next) => {
      take(next);
      toastDone(t('stop.released'));
    },
    onError: toastError,
  });
  return (
    <section className={cx('card flex flex-col p-5', system.held && 'border-bad-line')} aria-labelledby="stop">
      <h2 id="stop" className="font-semibold">
        {system.held ? t('held.title') : t('stop.title')}
      </h2>
      {system.held ? (
        <>
          {system.held_why && <p className="mt-1 text-sm">{system.held_why}</p>}
          <p className="mt-1 mb-5 text-sm text-ink-2">{t('stop.heldText', { n: system.deliveries.waiting })}</p>
          <Button
            look="primary"
            icon={Play}
            busy={release.isPending}
            disabled={!may}
            className="mt-auto self-start"
            onClick={() => release.mutate()}
          >
            {t('stop.release')}
          </Button>
        </>
      ) : (
        <>
          <p className="mt-1 mb-5 text-sm text-ink-2">{t('stop.text')}</p>
          <Button
            look="danger"
            icon={OctagonX}
            disabled={!may}
            className="mt-auto self-start"
            onClick={() => setAsking(true)}
          >
            {t('stop.action')}
          </Button>
        </>
      )}
      {!may && <p className="mt-2 text-[13px] text-ink-3">{t('stop.notAllowed')}</p>}
      {asking && (
        <Confirm
          title={t('stop.confirm')}
          action={t('stop.action')}
          danger
          busy={hold.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() => hold.mutate()}
        >
          <p className="mb-4">{t('stop.confirmText', { n: system.deliveries.waiting })}</p>
          <TextField label={t('stop.why')} optional value={why} onChange={(e) => setWhy(e.target.value)} />
        </Confirm>
      )}
    </section>
  );
}

function Lanes({ system }: { system: System }) {
  const accounts = useQuery(accountsQuery).data;
  return (
    <section className="card p-5" aria-labelledby="lanes">
      <h2 id="lanes" className="font-semibold">
        {t('system.lanes')}
      </h2>
      <p className="mt-1 text-sm text-ink-2">
        {system.lanes_closed.length > 0 ? t('system.lanesText') : t('system.lanesOpen')}
      </p>
      <ul className="divide-y divide-line text-sm not-empty:mt-3">
        {system.lanes_closed.map((lane) => {
          const account = accounts?.find((a) => a.id === lane.account);
          return (
            <li key={lane.lane} className="flex flex-wrap items-center gap-x-4 gap-y-0.5 py-2.5">
              <span className="flex items-center gap-2 font-medium">
                {account && <NetworkMark network={account.network} size={16} />}
                {account?.name ?? lane.lane}
              </span>
              <span className="min-w-0 flex-1 basis-56 text-ink-2">{lane.why}</span>
              <span className="nums text-ink-3">{tx('system.laneOpens', { time: <Countdown to={lane.until} /> })}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Sandbox({ url }: { url: string }) {
  const networks = useQuery(networksQuery).data?.filter((n) => n.connect.sandbox) ?? [];
  const base = url.replace(/\/$/, '');
  return (
    <section className="card p-5" aria-labelledby="sandbox">
      <h2 id="sandbox" className="flex items-center gap-2.5 font-semibold">
        {t('system.sandbox')} <SandboxMark />
      </h2>
      <p className="mt-1 text-sm text-ink-2">{t('system.sandboxText')}</p>
      <ul className="mt-4 flex flex-wrap gap-2.5">
        {networks.map((n) => (
          <li key={n.network}>
            <a
              href={`${base}/${n.network}/feed`}
              target="_blank"
              rel="noreferrer"
              className={buttonClass('quiet', 'md')}
            >
              <NetworkMark network={n.network} size={18} />
              {t('system.feed', { network: n.label })}
              <ExternalLink size={14} aria-hidden className="text-ink-3" />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ system }: { system: System }) {
  const facts: [string, React.ReactNode][] = [
    [t('system.version'), system.version],
    [t('system.started'), <Ago key="a" at={system.started} />],
    [t('system.posts'), number(system.posts)],
    [t('system.heldAccounts'), number(system.held_accounts)],
  ];
  return (
    <section aria-label={t('system.facts')}>
      <dl className="flex flex-wrap gap-x-10 gap-y-3 px-1 text-sm">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-[13px] text-ink-3">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
