import { Link } from '@tanstack/react-router';
import { ChevronDown, ExternalLink, KeyRound, PencilLine } from 'lucide-react';
import { PracticeMark } from '../accounts/practice_mark';
import type { Delivery, Post } from '../api/client';
import { t, tx } from '../i18n';
import { buttonClass } from '../kit/button';
import { cx } from '../kit/cx';
import { At, Countdown, useNow } from '../kit/time';
import { Avatar } from '../networks/avatar';
import { DecideLate, DecideUncertain } from './decide';
import { Flight } from './flight';
import { RetryButton } from './actions';
import { DeliveryChip } from './state';
import { isOut, leading, type TargetLine } from './targets_of';

interface Props {
  post: Post;
  line: TargetLine;
  open: boolean;
  onToggle: () => void;
}

// One target: its state, the reason in words, what can be done, and its flight record.
export function TargetCard({ post, line, open, onToggle }: Props) {
  const { target, current, replaced } = line;
  const first = leading(line);
  const panel = `target-${target.account}`;
  const tone =
    first?.state === 'failed'
      ? 'border-bad-line'
      : first?.state === 'uncertain' || first?.reason === 'late'
        ? 'border-warn-line'
        : '';
  return (
    <li className={cx('card min-w-0 overflow-hidden', tone)} data-account={target.account} data-state={first?.state}>
      <div className="relative flex items-start gap-3.5 px-4 py-4 sm:px-5">
        <Avatar name={target.name} network={target.network} size={42} />
        <div className="min-w-0 flex-1">
          <div className="flex items-start gap-3">
            <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2.5">
              <h2 className="truncate font-semibold">{target.name}</h2>
              <PracticeMark of={target} />
              {target.handle !== target.name && <span className="truncate text-sm text-ink-3">{target.handle}</span>}
            </div>
            {first && <DeliveryChip state={first.state} />}
          </div>
          <div className="mt-1 text-sm text-ink-2">
            {first ? (
              <Standing delivery={first} parts={current} out={isOut(line)} paused={post.paused} />
            ) : (
              t('post.notPlanned')
            )}
          </div>
        </div>
      </div>
      {current.map((d) => (
        <Attention key={d.id} post={post} delivery={d} network={target.network} />
      ))}
      {first && (
        <div className="flex items-center gap-2 border-t border-line px-2 py-1 sm:px-3">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={panel}
            onClick={onToggle}
            className="flex h-9 items-center gap-2 rounded-md px-2 text-[13.5px] font-medium text-ink-2 hover:text-ink"
          >
            <ChevronDown size={16} aria-hidden className={cx('transition-transform', open ? '' : '-rotate-90')} />
            {t('flight.title')}
          </button>
          <Links parts={current} />
        </div>
      )}
      {open && first && (
        <div id={panel} className="border-t border-line bg-raised px-4 py-5 sm:px-5">
          {current.map((d) => (
            <Flight key={d.id} delivery={d} parts={current.length} />
          ))}
          {replaced.length > 0 && (
            <details className="mt-4 border-t border-line pt-3">
              <summary className="flex h-8 items-center gap-2 text-[13px] font-medium text-ink-3 hover:text-ink">
                <ChevronDown size={15} aria-hidden />
                {t('flight.replaced', { n: replaced.length })}
              </summary>
              <div className="mt-3">
                {replaced.map((d) => (
                  <Flight key={d.id} delivery={d} parts={current.length} />
                ))}
              </div>
            </details>
          )}
        </div>
      )}
    </li>
  );
}

function Standing({
  delivery: d,
  parts,
  out,
  paused,
}: {
  delivery: Delivery;
  parts: Delivery[];
  out: boolean;
  paused: boolean;
}) {
  if (out)
    return (
      <p>
        {tx('post.outAt', { time: <At at={parts.at(-1)!.settled!} /> })}
        {parts.length > 1 && ` · ${t('posts.parts', { n: parts.length })}`}
      </p>
    );
  const partly = parts.length > 1 && parts.some((p) => p.state === 'delivered');
  return (
    <>
      {d.state !== 'failed' && d.reason_text && <p>{d.reason_text}</p>}
      {partly && (
        <p>{t('post.partsOut', { out: parts.filter((p) => p.state === 'delivered').length, all: parts.length })}</p>
      )}
      {d.state === 'waiting' && d.due && d.reason !== 'late' && !paused && (
        <p className="nums text-ink-3">
          <NextStep delivery={d} />
          {d.tries > 0 && ` · ${t('post.tries', { n: d.tries })}`}
        </p>
      )}
      {d.wish !== 'none' && <p className="text-ink-3">{t(`wish.${d.wish}`)}</p>}
    </>
  );
}

// When it goes on, counted down, and with what.
const steps = { scheduled: 'post.in', backing_off: 'next.try', rate_limit: 'next.limit', checking: 'next.ask' } as const;
function NextStep({ delivery }: { delivery: Delivery }) {
  const now = useNow();
  if (new Date(delivery.due!).getTime() <= now) return t('next.moment');
  const step = steps[delivery.reason as keyof typeof steps] ?? 'post.nextLook';
  return tx(step, { time: <Countdown to={delivery.due!} /> });
}

// What wants a person: a failure with its remedy, a question, a missed time.
function Attention({ post, delivery, network }: { post: Post; delivery: Delivery; network: string }) {
  if (delivery.state === 'failed')
    return (
      <div className="mx-4 mb-4 rounded-lg bg-bad-soft px-4 py-3.5 text-sm sm:mx-5">
        <p className="font-semibold">{delivery.fault?.text || delivery.reason_text}</p>
        {delivery.fault?.remedy && <p className="mt-0.5 text-ink-2">{delivery.fault.remedy}</p>}
        <div className="mt-3 flex flex-wrap gap-2">
          <Fix post={post} delivery={delivery} network={network} />
          <RetryButton post={post} deliveries={[delivery.id]} />
        </div>
        <NetworkWords text={delivery.fault?.detail} />
      </div>
    );
  if (delivery.state === 'uncertain') return <DecideUncertain post={post} delivery={delivery} network={network} />;
  if (delivery.state === 'waiting' && delivery.reason === 'late') return <DecideLate delivery={delivery} />;
  return null;
}

// What mends the cause: the account where access is missing, else the content. Then the retry.
function Fix({ post, delivery, network }: { post: Post; delivery: Delivery; network: string }) {
  if (delivery.fault?.kind === 'unauthorized')
    return (
      <Link to="/accounts" search={{ add: network }} className={buttonClass('primary', 'sm')}>
        <KeyRound size={14} aria-hidden />
        {t('fix.reconnect')}
      </Link>
    );
  if (delivery.fault?.kind !== 'invalid') return null;
  return (
    <Link to="/posts/$id/edit" params={{ id: post.id }} className={buttonClass('primary', 'sm')}>
      <PencilLine size={14} aria-hidden />
      {t('fix.edit')}
    </Link>
  );
}

export function NetworkWords({ text }: { text?: string }) {
  if (!text) return null;
  return (
    <details className="mt-2.5">
      <summary className="inline-flex h-7 items-center text-[13px] text-ink-2 underline decoration-line-strong underline-offset-3 hover:text-ink">
        {t('details')}
      </summary>
      <pre
        className="mt-1.5 max-h-48 overflow-auto rounded-md bg-surface p-3 font-mono text-xs break-words whitespace-pre-wrap text-ink-2"
        tabIndex={0}
      >
        {text}
      </pre>
    </details>
  );
}

function Links({ parts }: { parts: Delivery[] }) {
  const link = parts.find((d) => d.url);
  if (!link) return null;
  return (
    <a
      href={link.url}
      target="_blank"
      rel="noreferrer"
      className="ml-auto inline-flex h-9 items-center gap-1.5 rounded-md px-2 text-[13.5px] font-medium text-accent hover:underline"
    >
      {t('post.see')}
      <ExternalLink size={14} aria-hidden />
    </a>
  );
}
