// Days on which nothing is planned, as the calendar shows them: shaded, with the reason.
import { useQuery } from '@tanstack/react-query';
import { CalendarOff } from 'lucide-react';
import { accountsQuery } from '../api/queries';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { closedDaysQuery } from '../toolbox/read';

export type ClosedDays = ReadonlyMap<string, string>; // day: why, in words

export const closedText = (reason: string) => (reason ? t('days.closedFor', { reason }) : t('days.closed'));

export function useClosedDays(days: string[]): ClosedDays {
  const from = days[0] ?? '';
  const until = days.at(-1) ?? '';
  const closed = useQuery({ ...closedDaysQuery(from, until), enabled: days.length > 0 && days.length < 400 }).data;
  const accounts = useQuery(accountsQuery).data;
  const all = new Map<string, string>();
  for (const { day, reason, account } of closed ?? []) {
    const whose = account && (accounts?.find((a) => a.id === account)?.name ?? '');
    const words = [reason, whose].filter(Boolean).join(', ');
    if (!all.get(day)) all.set(day, words);
  }
  return all;
}

// The reason in a cell. Days that are open say nothing.
export function ClosedMark({ day, closed, className }: { day: string; closed: ClosedDays; className?: string }) {
  const reason = closed.get(day);
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
