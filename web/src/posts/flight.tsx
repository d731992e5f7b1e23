import { useQuery } from '@tanstack/react-query';
import { ArrowRight, Check, CircleHelp, Eye, LoaderCircle, Unplug, X, type LucideIcon } from 'lucide-react';
import type { Attempt, Delivery } from '../api/client';
import { deliveryQuery, networksQuery } from '../api/queries';
import { t, tWord } from '../i18n';
import { cx } from '../kit/cx';
import { Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { clockSeconds, fullTime } from '../kit/time';

const signs: Record<Attempt['outcome'], { icon: LucideIcon; ink: string }> = {
  open: { icon: LoaderCircle, ink: 'bg-info-soft text-info' },
  accepted: { icon: Check, ink: 'bg-ok-soft text-ok' },
  read: { icon: Eye, ink: 'bg-sunken text-ink-2' },
  refused: { icon: X, ink: 'bg-bad-soft text-bad' },
  not_sent: { icon: Unplug, ink: 'bg-warn-soft text-warn' },
  unknown: { icon: CircleHelp, ink: 'bg-warn-soft text-warn' },
};

// The flight record: every request that was made for this delivery, in plain words, with what was decided then.
export function Flight({ delivery, parts }: { delivery: Delivery; parts: number }) {
  const record = useQuery(deliveryQuery(delivery.id));
  const label = useQuery(networksQuery).data?.find((n) => n.network === delivery.network)?.label ?? delivery.network;
  const attempts = record.data?.attempts ?? [];
  return (
    <section aria-label={t('flight.title')} className="not-first:mt-6">
      {parts > 1 && (
        <h3 className="mb-3 text-[13px] font-semibold text-ink-2">
          {t('flight.part', { n: delivery.part + 1, all: parts })}
        </h3>
      )}
      {record.isPending && <Waiting rows={2} height="h-12" label={t('loading')} />}
      {record.error && <Trouble error={record.error} />}
      {record.data && attempts.length === 0 && <p className="text-sm text-ink-3">{t('flight.none')}</p>}
      <ol className="grid">
        {attempts.map((attempt, i) => (
          <Entry key={attempt.id} attempt={attempt} network={label} last={i === attempts.length - 1} />
        ))}
      </ol>
    </section>
  );
}

function titleOf(attempt: Attempt, network: string): string {
  const what = attempt.publishes ? 'publish' : attempt.outcome === 'read' ? 'look' : 'step';
  return t(`attempt.${what}.${attempt.outcome}` as 'attempt.step.refused', {
    network,
    step: tWord('step', attempt.step),
  });
}

function Entry({ attempt, network, last }: { attempt: Attempt; network: string; last: boolean }) {
  const { icon: Icon, ink } = signs[attempt.outcome];
  return (
    <li className="relative flex gap-3.5 pb-5 last:pb-0">
      {!last && <span aria-hidden className="absolute top-8 bottom-1 left-[13px] w-px bg-line-strong" />}
      <span className={cx('grid size-7 shrink-0 place-items-center rounded-full', ink)}>
        <Icon size={14} strokeWidth={2.6} aria-hidden className={cx(attempt.outcome === 'open' && 'animate-spin')} />
      </span>
      <div className="min-w-0 flex-1 pt-0.5 text-sm">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <p className="font-medium">{titleOf(attempt, network)}</p>
          <time dateTime={attempt.opened} title={fullTime(attempt.opened)} className="text-[12.5px] text-ink-3">
            {clockSeconds(attempt.opened)}
            {attempt.closed && ` · ${took(attempt)}`}
          </time>
        </div>
        {attempt.fault && (
          <p className="mt-0.5 text-ink-2">
            {attempt.fault.text} {attempt.fault.remedy}
          </p>
        )}
        {attempt.next && (
          <p className="mt-1 flex items-start gap-1.5 text-ink-2">
            <ArrowRight size={14} aria-hidden className="mt-1 shrink-0 text-ink-3" />
            <span>
              <span className="sr-only">{t('flight.next')}: </span>
              {attempt.next}
            </span>
          </p>
        )}
        <Particulars attempt={attempt} />
      </div>
    </li>
  );
}

function took(attempt: Attempt): string {
  const ms = new Date(attempt.closed!).getTime() - new Date(attempt.opened).getTime();
  return ms < 1000
    ? t('flight.ms', { n: Math.max(0, Math.round(ms)) })
    : t('flight.s', { n: Math.round(ms / 100) / 10 });
}

function Particulars({ attempt }: { attempt: Attempt }) {
  return (
    <details className="mt-1">
      <summary className="inline-flex h-6.5 items-center text-[12.5px] text-ink-3 underline decoration-line-strong underline-offset-3 hover:text-ink">
        {t('details')}
      </summary>
      <dl className="mt-1.5 grid gap-2 rounded-md border border-line bg-surface p-3 text-xs">
        <Row name={t('flight.request')}>
          <code className="font-mono break-all">{attempt.summary}</code>
        </Row>
        <Row name={t('flight.repeat')}>{t(`repeat.${attempt.repeat}`)}</Row>
        {attempt.status > 0 && <Row name={t('flight.status')}>{attempt.status}</Row>}
        {attempt.answer && (
          <Row name={t('flight.answer')}>
            <pre tabIndex={0} className="max-h-44 overflow-auto font-mono break-all whitespace-pre-wrap">
              {attempt.answer}
            </pre>
          </Row>
        )}
        {attempt.fault?.detail && <Row name={t('flight.theirWords')}>{attempt.fault.detail}</Row>}
      </dl>
    </details>
  );
}

const Row = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="grid gap-0.5 sm:grid-cols-[110px_1fr] sm:gap-3">
    <dt className="text-ink-3">{name}</dt>
    <dd className="min-w-0 text-ink-2">{children}</dd>
  </div>
);
