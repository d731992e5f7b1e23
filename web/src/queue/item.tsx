import { Link } from '@tanstack/react-router';
import { ArrowDown, ArrowUp, CalendarArrowDown, Ellipsis, GripVertical } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { QueueEntry, QueueItem } from '../api/client';
import { wallText } from '../compose/wall';
import { t } from '../i18n';
import { IconButton } from '../kit/button';
import { cx } from '../kit/cx';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../kit/menu';
import { FilledMark } from '../posts/said';
import type { Move } from './moves';

interface Props {
  item: QueueItem;
  from: QueueEntry;
  slots: QueueEntry[]; // all slots shown, by time
  busy: boolean;
  onMove: (move: Move) => void;
  onDrag: (move: { item: QueueItem; from: QueueEntry } | null) => void;
}

const freeShown = 6;

// One post in its slot. It is dragged, moved by its menu, or with Alt and the arrow keys.
export function Item({ item, from, slots, busy, onMove, onDrag }: Props) {
  const before = slots.filter((s) => s.utc < from.utc).at(-1);
  const after = slots.find((s) => s.utc > from.utc);
  const free = slots.filter((s) => !s.posts.length && s.closed === null).slice(0, freeShown);
  const said = item.says ?? item.text;
  const text = item.title || said || t('queue.noText');
  const keys = (e: KeyboardEvent) => {
    if (!e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return;
    e.preventDefault();
    const to = e.key === 'ArrowUp' ? before : after;
    if (to && !busy) onMove({ item, from, to });
  };
  return (
    <div
      draggable
      onDragStart={(e) => {
        e.dataTransfer.setData('text/plain', item.id);
        e.dataTransfer.effectAllowed = 'move';
        onDrag({ item, from });
      }}
      onDragEnd={() => onDrag(null)}
      onKeyDown={keys}
      data-post={item.id}
      className={cx(
        'card relative flex cursor-grab items-start gap-2 py-2.5 pr-1.5 pl-2 active:cursor-grabbing',
        busy && 'opacity-50',
      )}
    >
      <GripVertical size={16} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <Link
          to="/posts/$id"
          params={{ id: item.id }}
          draggable={false}
          className="line-clamp-2 text-[14.5px] font-medium text-pretty"
        >
          {text}
          {item.says !== undefined && !item.title && <FilledMark />}
        </Link>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-[12.5px] text-ink-3">
          {item.title && said && <span className="line-clamp-1">{said}</span>}
          {item.targets > 1 && <span>{t('queue.others', { n: item.targets - 1 })}</span>}
          {item.media > 0 && <span>{t('queue.media', { n: item.media })}</span>}
          {item.paused && <span className="text-warn">{t('queue.postPaused')}</span>}
        </p>
      </div>
      <Menu trigger={<IconButton icon={Ellipsis} label={t('queue.menu', { text: text.slice(0, 40) })} />}>
        <MenuItem icon={ArrowUp} disabled={!before} onSelect={() => before && onMove({ item, from, to: before })}>
          {t('queue.earlier')}
        </MenuItem>
        <MenuItem icon={ArrowDown} disabled={!after} onSelect={() => after && onMove({ item, from, to: after })}>
          {t('queue.later')}
        </MenuItem>
        <MenuItem icon={CalendarArrowDown} onSelect={() => onMove({ item, from, to: 'next' })}>
          {t('queue.nextFree')}
        </MenuItem>
        {free.length > 0 && (
          <>
            <MenuLine />
            <MenuLabel>{t('queue.toSlot')}</MenuLabel>
            {free.map((slot) => (
              <MenuItem key={slot.utc} onSelect={() => onMove({ item, from, to: slot })}>
                {wallText(slot.local)}
              </MenuItem>
            ))}
          </>
        )}
      </Menu>
    </div>
  );
}
