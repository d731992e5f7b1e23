// What an account may still do: each limit with what is left of it, as the server counts.
import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useEffect } from 'react';
import type { Account } from '../api/client';
import { locale, t, tWord, tx } from '../i18n';
import { cx } from '../kit/cx';
import { Countdown } from '../kit/time';

type Lane = NonNullable<Account['lanes']>[number];

// "15 min", "3 hr", "1 day"
function span(seconds: number): string {
  const steps: [string, number][] = [
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ];
  const [unit, size] = steps.find(([, s]) => seconds >= s && seconds % s === 0) ?? ['second', 1];
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / size);
}

const left = (lane: Lane) => Math.max(0, lane.limit - lane.used);
const share = (lane: Lane) => (lane.limit > 0 ? left(lane) / lane.limit : 1);
// Limits of a few seconds pass before anybody has read them.
const lasting = (lane: Lane) => lane.window_s >= 60;
const matters = (lane: Lane) => lane.limit > 0 || lane.closed_until !== null;

// When a limit opens, what is left is read again.
function useOpening(lanes: Lane[] | undefined) {
  const queries = useQueryClient();
  useEffect(() => {
    const times = (lanes ?? []).flatMap((lane) => (lane.opens ? [new Date(lane.opens).getTime()] : []));
    if (times.length === 0) return;
    const wait = Math.min(...times) - Date.now() + 500;
    const read = () => void queries.invalidateQueries({ queryKey: ['accounts'] });
    const timer = setTimeout(read, Math.min(Math.max(wait, 1000), 3_600_000));
    return () => clearTimeout(timer);
  }, [lanes, queries]);
}

export function Budget({ account }: { account: Account }) {
  useOpening(account.lanes);
  const lanes = (account.lanes ?? []).filter(matters);
  if (!account.lanes) return null;
  const posting = lanes.filter((lane) => lane.publishing);
  const told = posting.filter((lane) => lasting(lane) || lane.opens);
  const slowest = [...posting].sort((a, b) => b.window_s - a.window_s).slice(0, 1);
  const shown = [...new Set([...lanes.filter((lane) => lane.closed_until), ...(told.length > 0 ? told : slowest)])]
    .sort((a, b) => share(a) - share(b))
    .slice(0, 2);
  const others = lanes.filter((lane) => !shown.includes(lane));
  return (
    <div className="mt-4 border-t border-line pt-3.5 text-sm" data-budget={account.id}>
      {shown.length === 0 && <p className="text-[13px] text-ink-3">{t('budget.none')}</p>}
      <ul className="grid gap-3">
        {shown.map((lane) => (
          <LaneRow key={lane.name} lane={lane} />
        ))}
      </ul>
      {others.length > 0 && (
        <details className="group mt-2.5">
          <summary className="focus-inset inline-flex items-center gap-1 rounded text-[13px] text-ink-2 hover:text-ink">
            <ChevronDown size={14} aria-hidden className="transition-transform group-open:rotate-180" />
            {t('budget.all', { n: others.length })}
          </summary>
          <ul className="mt-3 grid gap-3">
            {others.map((lane) => (
              <LaneRow key={lane.name} lane={lane} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function LaneRow({ lane }: { lane: Lane }) {
  const out = lane.closed_until !== null || (lane.limit > 0 && left(lane) === 0);
  const scarce = !out && share(lane) <= 0.2;
  const name = tWord('lane', lane.name);
  return (
    <li data-lane={lane.name}>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">
          {name}
          {lane.shared && <span className="ml-1.5 font-normal text-ink-3">{t('budget.shared')}</span>}
        </span>
        {lane.limit > 0 && (
          <span className={cx('nums text-[13px]', out ? 'text-bad' : scarce ? 'text-warn' : 'text-ink-2')}>
            {t('budget.left', { left: left(lane), limit: lane.limit, window: span(lane.window_s) })}
          </span>
        )}
      </p>
      {lane.limit > 0 && (
        <meter
          className={cx('budget-bar mt-1.5 block h-1.5 w-full', out ? 'text-bad' : scarce ? 'text-warn' : 'text-accent')}
          aria-label={name}
          min={0}
          max={lane.limit}
          value={left(lane)}
        />
      )}
      {lane.closed_until ? (
        <p className="mt-1 text-[13px] text-ink-2">
          {tx('budget.closed', { time: <Countdown to={lane.closed_until} /> })} {lane.why}
        </p>
      ) : (
        out && lane.opens && <p className="mt-1 text-[13px] text-ink-2">{tx('budget.opens', { time: <Countdown to={lane.opens} /> })}</p>
      )}
    </li>
  );
}
