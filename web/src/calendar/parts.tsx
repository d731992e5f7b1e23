// What the views share: a list of cards with "+N more", and the way to a new post in an empty place.
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { TargetView } from '../api/client';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { formatDay } from '../kit/days';
import { Popover } from '../kit/popover';
import { viewerZone } from '../kit/time';
import type { Campaigns } from './campaigns';
import { Card } from './card';
import type { Entry } from './entries';
import type { ClosedDays } from './closed';

export interface ViewProps {
  on: string;
  today: string;
  days: string[];
  byDay: Map<string, Entry[]>;
  closed: ClosedDays;
  accounts: Map<string, TargetView>;
  campaigns: Campaigns;
  selected: ReadonlySet<string>;
  selecting: boolean;
  canWrite: boolean;
  onDay: (day: string) => void;
}

const mostInPopover = 60;

export function Cards({ entries, most, view, more }: { entries: Entry[]; most: number; view: ViewProps; more: string }) {
  const shown = entries.length > most + 1 ? entries.slice(0, most) : entries;
  const hidden = entries.length - shown.length;
  return (
    <>
      <CardList entries={shown} view={view} />
      {hidden > 0 && <More entries={entries} hidden={hidden} view={view} label={more} />}
    </>
  );
}

const CardList = ({ entries, view, tabbable }: { entries: Entry[]; view: ViewProps; tabbable?: boolean }) => (
  <ul className="grid grid-cols-1 gap-[3px]">
    {entries.map((entry) => (
      <li key={entry.id} className="min-w-0">
        <Card
          entry={entry}
          accounts={view.accounts}
          campaign={entry.campaign ? view.campaigns.get(entry.campaign) : undefined}
          selected={view.selected.has(entry.id)}
          selecting={view.selecting}
          tabbable={tabbable}
        />
      </li>
    ))}
  </ul>
);

function More({ entries, hidden, view, label }: { entries: Entry[]; hidden: number; view: ViewProps; label: string }) {
  const [open, setOpen] = useState(false);
  const day = entries[0]!.day;
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          data-stop=""
          tabIndex={-1}
          className="nums mt-0.5 h-6 w-full rounded px-1.5 text-left text-[12px] font-medium text-ink-2 hover:bg-sunken hover:text-ink focus-inset"
        >
          {t('calendar.more', { n: hidden })}
          <span className="sr-only">, {label}</span>
        </button>
      }
    >
      <div className="w-72" data-cell="">
        <p className="mb-2.5 flex items-baseline justify-between gap-3 font-semibold">
          {label}
          <span className="nums text-[13px] font-normal text-ink-3">{t('calendar.count', { n: entries.length })}</span>
        </p>
        <CardList entries={entries.slice(0, mostInPopover)} view={view} tabbable />
        {entries.length > mostInPopover && (
          <button
            type="button"
            className="mt-2.5 h-8 w-full rounded-md text-[13px] font-medium text-accent hover:bg-accent-soft"
            onClick={() => (setOpen(false), view.onDay(day))}
          >
            {t('calendar.wholeDay', { day: formatDay(day, { day: 'numeric', month: 'long' }) })}
          </button>
        )}
      </div>
    </Popover>
  );
}

// "+ 09:00": a new post at that time.
export function Add({ day, time, className, children }: { day: string; time: string; className?: string; children?: ReactNode }) {
  return (
    <Link
      to="/compose"
      search={{ at: `${day}T${time}`, zone: viewerZone }}
      preload={false}
      data-stop=""
      tabIndex={-1}
      aria-label={t('calendar.newAt', { day: formatDay(day, { weekday: 'long', day: 'numeric', month: 'long' }), time })}
      className={cx(
        'nums calendar-add inline-flex items-center gap-1 rounded text-[12px] font-medium text-accent focus-inset',
        className,
      )}
    >
      {children ?? (
        <>
          <Plus size={13} aria-hidden />
          {time}
        </>
      )}
    </Link>
  );
}
