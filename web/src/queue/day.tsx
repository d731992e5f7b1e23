import { Link } from '@tanstack/react-router';
import { CalendarOff, Plus } from 'lucide-react';
import { useState } from 'react';
import type { QueueEntry, QueueItem, QueueOfAccount } from '../api/client';
import { closedText } from '../calendar/closed';
import { wallText } from '../compose/wall';
import { locale, t } from '../i18n';
import { cx } from '../kit/cx';
import { clockTime, sameClock, viewerZone } from '../kit/time';
import { Item } from './item';
import type { Move } from './moves';

export type Dragged = { item: QueueItem; from: QueueEntry };

interface Props {
  day: string; // "2026-11-20", on the account's clock
  entries: QueueEntry[];
  queue: QueueOfAccount;
  slots: QueueEntry[];
  against: (slot: QueueEntry) => string | undefined; // what speaks against putting a post there
  dragged: Dragged | null;
  moving?: string;
  onDrag: (dragged: Dragged | null) => void;
  onMove: (move: Move) => void;
}

export const dayText = (day: string) =>
  new Intl.DateTimeFormat(locale(), { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00Z`),
  );

export function Day({ day, entries, ...rest }: Props) {
  return (
    <section aria-label={dayText(day)} className="grid gap-x-6 gap-y-2.5 md:grid-cols-[9.5rem_minmax(0,1fr)]">
      <h2 className="pt-2 text-[15px] font-semibold md:sticky md:top-[calc(var(--ribbon,0px)+12px)] md:self-start">
        {dayText(day)}
      </h2>
      <ul className="grid gap-2">
        {entries.map((entry) => (
          <Row key={entry.utc} entry={entry} {...rest} />
        ))}
      </ul>
    </section>
  );
}

type RowProps = Omit<Props, 'day' | 'entries'> & { entry: QueueEntry };

// One time: what goes out then, or a gap. Whatever is dragged can be dropped on a slot.
function Row({ entry, queue, slots, against, dragged, moving, onDrag, onMove }: RowProps) {
  const [over, setOver] = useState(false);
  const takes = !!dragged && entry.slot && dragged.from.utc !== entry.utc && entry.posts.length < 2;
  const foreign = !sameClock(entry.utc, queue.zone, viewerZone);
  return (
    <li
      data-slot={entry.slot ? entry.local : undefined}
      data-over={(over && takes) || undefined}
      data-says={over && takes ? against(entry) : undefined}
      onDragOver={(e) => takes && (e.preventDefault(), setOver(true))}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        if (takes) onMove({ ...dragged, to: entry });
      }}
      className={cx(
        'grid grid-cols-[4.5rem_minmax(0,1fr)] gap-3 rounded-lg sm:grid-cols-[6rem_minmax(0,1fr)]',
        over && takes && 'outline-2 outline-offset-2 outline-accent',
      )}
    >
      <div className="pt-2.5 text-right leading-tight">
        <time dateTime={entry.utc} className="nums text-[15px] font-semibold">
          {clockTime(`${entry.local}Z`, 'UTC')}
        </time>
        <span className="block text-[12px] text-ink-3">
          {entry.note !== 'exact' && <span className="block text-warn">{t(`queue.${entry.note}`)}</span>}
          {!entry.slot && <span className="block">{t('queue.byHand')}</span>}
          {foreign && <span className="block">{t('queue.yours', { time: clockTime(entry.utc) })}</span>}
        </span>
      </div>
      <div className="grid min-w-0 gap-2">
        {entry.posts.map((item) => (
          <Item
            key={item.id}
            item={item}
            from={entry}
            slots={slots}
            busy={moving === item.id}
            onMove={onMove}
            onDrag={onDrag}
          />
        ))}
        {entry.posts.length === 0 &&
          (entry.closed === null ? <Gap entry={entry} queue={queue} inviting={takes} /> : <Closed reason={entry.closed} />)}
      </div>
    </li>
  );
}

function Closed({ reason }: { reason: string }) {
  return (
    <p className="calendar-closed flex min-h-11 items-center gap-2 rounded-lg px-3.5 text-sm text-ink-2">
      <CalendarOff size={16} aria-hidden className="shrink-0" />
      {closedText(reason)}
    </p>
  );
}

function Gap({ entry, queue, inviting }: { entry: QueueEntry; queue: QueueOfAccount; inviting: boolean }) {
  return (
    <Link
      to="/compose"
      search={{ accounts: queue.account, at: entry.local, zone: queue.zone }}
      aria-label={t('queue.write', { time: wallText(entry.local) })}
      className={cx(
        'group flex min-h-11 items-center justify-between gap-3 rounded-lg border border-dashed px-3.5 text-sm transition-colors',
        inviting
          ? 'border-accent bg-accent-soft text-accent'
          : 'border-line-strong text-ink-3 hover:border-control hover:text-ink',
      )}
    >
      {t('queue.free')}
      <Plus size={16} aria-hidden className="opacity-60 group-hover:opacity-100" />
    </Link>
  );
}
