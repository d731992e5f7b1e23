// Days on which nothing is planned, as the calendar shows them: shaded, with the reason; and what speaks against the
// place that a post is carried to.
import { useQuery } from '@tanstack/react-query';
import { CalendarOff } from 'lucide-react';
import { useMemo } from 'react';
import type { Account } from '../api/client';
import { accountsQuery } from '../api/queries';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { addDays } from '../kit/days';
import { shortTime } from '../kit/time';
import { closedDaysQuery, type ClosedDay } from '../toolbox/read';
import { movedEntry, type Entry, type Shift } from './entries';

interface Closure extends Pick<ClosedDay, 'account' | 'reason'> {
  name: string; // of the account; empty: all are meant
}
export type ClosedDays = ReadonlyMap<string, Closure[]>; // by day
const around = 35; // days beyond those in view: keys carry posts there

export const closedText = (reason: string) => (reason ? t('days.closedFor', { reason }) : t('days.closed'));
const wordsOf = ({ reason, name }: Closure) => [reason, name].filter(Boolean).join(', ');

// Why a day is closed, for all or for some; undefined: it is open.
export const reasonOf = (closed: ClosedDays, day: string): string | undefined =>
  closed.get(day)?.map(wordsOf).find((words, i, all) => words || i === all.length - 1);

export function useClosedDays(days: string[]): ClosedDays {
  const from = days[0] ?? '';
  const until = days.at(-1) ?? '';
  const closed = useQuery({
    ...closedDaysQuery(from && addDays(from, -around), until && addDays(until, around)),
    enabled: days.length > 0 && days.length < 300,
  }).data;
  const accounts = useQuery(accountsQuery).data;
  return useMemo(() => {
    const all = new Map<string, Closure[]>();
    for (const { day, reason, account } of closed ?? []) {
      const name = account ? (accounts?.find((a) => a.id === account)?.name ?? '') : '';
      all.set(day, [...(all.get(day) ?? []), { account, reason, name }]);
    }
    return all;
  }, [closed, accounts]);
}

// What speaks against putting these posts so far away, in words: a day that is closed for one of their accounts, or a
// limit that an account has reached until later. Undefined: nothing that is known here.
export function againstMove(entries: Entry[], shift: Shift, closed: ClosedDays, accounts: Account[]): string | undefined {
  for (const entry of entries) {
    const day = dayAfter(entry, shift);
    const closure = closed.get(day)?.find((c) => !c.account || entry.targets.includes(c.account));
    if (closure) return closedText(wordsOf(closure));
    const at = movedEntry(entry, shift).at.utc;
    for (const account of accounts) {
      const full = entry.targets.includes(account.id) && fullText(account, at);
      if (full) return full;
    }
  }
  return undefined;
}

// That the account may publish again only after this time.
export function fullText(account: Account, at: string): string | undefined {
  const opens = account.lanes?.find((lane) => lane.publishing && lane.opens && new Date(lane.opens) > new Date(at))?.opens;
  return opens ? t('days.full', { name: account.name, time: shortTime(opens) }) : undefined;
}

// Where it would be seen then.
export const dayAfter = (entry: Entry, shift: Shift) =>
  addDays(entry.day, shift.days + Math.floor((entry.minute + shift.minutes) / 1440));

// The reason in a cell. Days that are open say nothing.
export function ClosedMark({ day, closed, className }: { day: string; closed: ClosedDays; className?: string }) {
  const reason = reasonOf(closed, day);
  if (reason === undefined) return null;
  return (
    <span
      title={closedText(reason)}
      className={cx('flex min-w-0 items-center gap-1 text-[12px] font-medium text-ink-2', className)}
    >
      <CalendarOff size={13} aria-hidden className="shrink-0" />
      <span className="truncate">
        <span className="sr-only">{t('days.closed')}: </span>
        {reason || t('days.closed')}
      </span>
    </span>
  );
}
