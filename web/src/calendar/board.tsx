// What every view has in common: one place that hears pointer and keys for all cards. One tab stop leads in; arrows go
// from card to card; Space picks a post up and arrows carry it, Enter lets it go, Escape puts it back.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarOff } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { TargetView } from '../api/client';
import { accountsQuery } from '../api/queries';
import { wallText } from '../compose/wall';
import { t } from '../i18n';
import { addDays, daysBetween } from '../kit/days';
import { againstMove, dayAfter, type ClosedDays } from './closed';
import { markOver, unmark, useDrag, type Slot } from './drag';
import { clock, isMovable, shifted, type Entry, type Shift } from './entries';
import { Peek, type Peeked } from './peek';
import type { View } from './range';

interface Props {
  view: View;
  label: string;
  entries: Map<string, Entry>;
  accounts: Map<string, TargetView>;
  selected: ReadonlySet<string>;
  selecting: boolean;
  canWrite: boolean;
  onToggle: (id: string) => void;
  onMove: (entry: Entry, shift: Shift) => void;
  onMany: (ids: string[], days: number) => void;
  onGo: (day: string) => void; // a day that is not in view
  closed: ClosedDays;
  children: ReactNode;
}

interface Carried {
  entry: Entry;
  shift: Shift;
}

const none: Shift = { days: 0, minutes: 0 };
const isNone = (s: Shift) => !s.days && !s.minutes;

export function Board(props: Props) {
  const { view, entries, selected, canWrite } = props;
  const board = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const [peeked, setPeeked] = useState<Peeked | null>(null);
  const [carried, setCarried] = useState<Carried | null>(null);
  const refocus = useRef<string | null>(null);

  const shiftTo = useCallback((entry: Entry, slot: Slot): Shift => {
    const days = daysBetween(entry.day, slot.day);
    if (slot.minute !== undefined) return { days, minutes: slot.minute - entry.minute };
    if (slot.hour !== undefined) return { days, minutes: (slot.hour - Math.floor(entry.minute / 60)) * 60 };
    return { days, minutes: 0 };
  }, []);

  // All that are selected go together when one of them is dragged to another day.
  const group = (id: string) => (selected.has(id) && selected.size > 1 ? [...selected] : [id]);
  const known = useQuery(accountsQuery).data ?? [];
  const against = (ids: string[], shift: Shift) =>
    againstMove(ids.map((id) => entries.get(id)).filter((e) => e !== undefined), shift, props.closed, known);
  useDrag(board, {
    count: (id) => (canWrite && entries.get(id) && isMovable(entries.get(id)!) ? group(id).length : 0),
    start: () => setPeeked(null),
    against: (id, slot) => {
      const shift = shiftTo(entries.get(id)!, slot);
      return isNone(shift) ? undefined : against(group(id), shift);
    },
    drop: (id, slot) => {
      const entry = entries.get(id);
      if (!entry) return;
      const shift = shiftTo(entry, slot);
      if (isNone(shift)) return;
      const ids = group(id);
      if (ids.length > 1) return shift.days ? props.onMany(ids, shift.days) : undefined;
      refocus.current = null;
      props.onMove(entry, shift);
    },
  });

  useRoving(board, refocus);
  const says = carried && !isNone(carried.shift) ? against([carried.entry.id], carried.shift) : undefined;
  useCarriedMark(board, carried, view, says);

  const carry = (e: KeyboardEvent) => {
    const { entry, shift } = carried!;
    const hours = view === 'week' || view === 'day';
    const by = e.shiftKey ? 15 : 60;
    const steps: Record<string, Shift> = {
      ArrowLeft: { days: -1, minutes: 0 },
      ArrowRight: { days: 1, minutes: 0 },
      ArrowUp: hours ? { days: 0, minutes: -by } : { days: -7, minutes: 0 },
      ArrowDown: hours ? { days: 0, minutes: by } : { days: 7, minutes: 0 },
      PageUp: { days: -28, minutes: 0 },
      PageDown: { days: 28, minutes: 0 },
    };
    const step = steps[e.key];
    if (step) {
      e.preventDefault();
      return setCarried({ entry, shift: { days: shift.days + step.days, minutes: shift.minutes + step.minutes } });
    }
    if (e.key === 'Enter' || e.key === ' ') {
      e.preventDefault();
      setCarried(null);
      if (isNone(shift)) return;
      refocus.current = entry.id;
      props.onMove(entry, shift);
      props.onGo(addDays(entry.day, shift.days));
    } else if (e.key === 'Escape' || e.key === 'Tab') {
      if (e.key === 'Escape') e.preventDefault();
      setCarried(null);
    }
  };

  const onKeyDown = (e: KeyboardEvent) => {
    if (e.key === 'Tab') refocus.current = null; // whoever leaves is not called back
    if (carried) return carry(e);
    const stop = (e.target as HTMLElement).closest<HTMLElement>('[data-stop]');
    if (!stop) return;
    const id = stop.dataset.post;
    const entry = id ? entries.get(id) : undefined;
    if (e.key === ' ' && entry) {
      e.preventDefault();
      setPeeked(null);
      if (props.selecting) return props.onToggle(entry.id);
      if (canWrite && isMovable(entry)) setCarried({ entry, shift: none });
      else setCarried(null);
    } else if (e.key.toLowerCase() === 'x' && entry && !e.ctrlKey && !e.metaKey && canWrite) {
      e.preventDefault();
      props.onToggle(entry.id);
    } else if (e.key === 'Escape') {
      setPeeked(null);
    } else if (e.key.startsWith('Arrow')) {
      const next = neighbour(board.current!, stop, e.key);
      if (!next) return;
      e.preventDefault();
      next.focus();
    }
  };

  const onClick = (e: MouseEvent) => {
    const card = (e.target as HTMLElement).closest<HTMLElement>('a[data-post]');
    if (!card || e.defaultPrevented || e.button !== 0) return;
    const chosen = props.selecting || e.ctrlKey || e.metaKey || e.shiftKey;
    e.preventDefault();
    if (chosen && canWrite) return props.onToggle(card.dataset.post!);
    void navigate({ to: card.getAttribute('href')! });
  };

  return (
    <div
      ref={board}
      role="group"
      aria-label={props.label}
      aria-describedby="board-help"
      onKeyDown={onKeyDown}
      onClick={onClick}
      onPointerOver={(e) => e.pointerType === 'mouse' && setPeeked((old) => peekAt(e.target as HTMLElement, old, 'hover'))}
      onPointerLeave={() => setPeeked((old) => (old?.why === 'hover' ? { ...old, leaving: true } : old))}
      onFocus={(e) => e.target.matches(':focus-visible') && setPeeked((old) => peekAt(e.target, old, 'focus'))}
      onBlur={(e) => !(e.relatedTarget as HTMLElement | null)?.closest?.('[data-peek]') && setPeeked(null)}
    >
      <p id="board-help" className="sr-only">
        {canWrite ? t('calendar.keys') : t('calendar.keysRead')}
      </p>
      <p role="status" className="sr-only">
        {carried && announce(carried, says)}
      </p>
      {props.children}
      {carried && <CarryHint carried={carried} says={says} />}
      {peeked && !carried && (
        <Peek
          key={peeked.id}
          peeked={peeked}
          entry={entries.get(peeked.id)}
          accounts={props.accounts}
          onClose={() => setPeeked(null)}
          onStay={() => setPeeked((old) => old && { ...old, leaving: false })}
          onLeave={() => setPeeked((old) => old && { ...old, leaving: true })}
        />
      )}
    </div>
  );
}

function announce(carried: Carried, says: string | undefined) {
  if (isNone(carried.shift)) return t('calendar.pickedUp');
  const place = t('calendar.carrying', { time: wallText(shifted(carried.entry.at.local, carried.shift)) });
  return says ? `${place} ${says}` : place;
}

// What the keys do now, for those who see.
function CarryHint({ carried, says }: { carried: Carried; says: string | undefined }) {
  return (
    <div
      aria-hidden
      className="rise fixed bottom-24 left-1/2 z-40 flex max-w-[calc(100vw-24px)] -translate-x-1/2 items-center gap-3 rounded-full bg-ink px-5 py-2.5 text-sm text-paper shadow-2 lg:bottom-6"
    >
      <b className="nums font-semibold">{wallText(shifted(carried.entry.at.local, carried.shift))}</b>
      {says && (
        <span className="inline-flex items-center gap-1.5 font-medium">
          <CalendarOff size={15} aria-hidden />
          {says}
        </span>
      )}
      <span className="opacity-80">{t('calendar.carryKeys')}</span>
    </div>
  );
}

function peekAt(target: HTMLElement, old: Peeked | null, why: Peeked['why']): Peeked | null {
  const card = target.closest<HTMLElement>('[data-post]');
  if (!card) return target.closest('[data-peek]') ? old : old && { ...old, leaving: true };
  const id = card.dataset.post!;
  if (old?.id === id && !old.leaving) return old;
  return { id, anchor: card, why, leaving: false };
}

// Exactly one of the stops takes the tab key: the one that had the focus last, or the first.
function useRoving(
  board: React.RefObject<HTMLElement | null>,
  refocus: React.RefObject<string | null>,
) {
  useEffect(() => {
    const element = board.current!;
    const stops = () => [...element.querySelectorAll<HTMLElement>('[data-stop]')];
    const settle = () => {
      const all = stops();
      // What was moved is made anew elsewhere: the focus that it loses so is given back.
      const wanted = refocus.current && all.find((s) => s.dataset.post === refocus.current);
      if (wanted && (document.activeElement === document.body || !document.activeElement)) wanted.focus();
      const at = all.find((s) => s === document.activeElement) ?? all.find((s) => s.tabIndex === 0) ?? entryOf(all);
      for (const stop of all) stop.tabIndex = stop === at ? 0 : -1;
    };
    settle();
    const onFocus = (e: FocusEvent) => {
      const stop = (e.target as HTMLElement).closest<HTMLElement>('[data-stop]');
      if (!stop) return;
      if (stop.dataset.post !== refocus.current) refocus.current = null;
      for (const other of stops()) other.tabIndex = other === stop ? 0 : -1;
    };
    element.addEventListener('focusin', onFocus);
    return () => element.removeEventListener('focusin', onFocus);
  });
}

// A post rather than the way to a new one.
const entryOf = (stops: HTMLElement[]) => stops.find((stop) => stop.dataset.post) ?? stops[0];

// Up and down within a cell and then beyond it; left and right to the next cell that has something.
function neighbour(board: HTMLElement, stop: HTMLElement, key: string): HTMLElement | undefined {
  const cells = [...board.querySelectorAll<HTMLElement>('[data-cell]')];
  const cell = stop.closest<HTMLElement>('[data-cell]');
  const stopsIn = (c: HTMLElement) => [...c.querySelectorAll<HTMLElement>('[data-stop]')];
  if (!cell) return undefined;
  const own = stopsIn(cell);
  const at = own.indexOf(stop);
  if (key === 'ArrowDown' && own[at + 1]) return own[at + 1];
  if (key === 'ArrowUp' && own[at - 1]) return own[at - 1];
  const columns = Number(board.querySelector<HTMLElement>('[data-columns]')?.dataset.columns ?? 1);
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : key === 'ArrowUp' ? -columns : columns;
  if (!cells.includes(cell)) return undefined; // in a list of its own
  for (let i = cells.indexOf(cell) + step; i >= 0 && i < cells.length; i += step) {
    const stops = stopsIn(cells[i]!);
    if (stops.length) return key === 'ArrowUp' ? stops.at(-1) : entryOf(stops);
  }
  return undefined;
}

// The cell a carried post would land in, and what speaks against it.
function useCarriedMark(
  board: React.RefObject<HTMLElement | null>,
  carried: Carried | null,
  view: View,
  says: string | undefined,
) {
  useEffect(() => {
    if (!carried) return;
    const { entry, shift } = carried;
    const minute = entry.minute + shift.minutes;
    const day = dayAfter(entry, shift);
    const of = ((minute % 1440) + 1440) % 1440;
    const slot = view === 'week' ? `${day}T${String(Math.floor(of / 60)).padStart(2, '0')}` : view === 'day' ? `${day}T${clock(of)}` : day;
    const cell = board.current?.querySelector<HTMLElement>(`[data-slot="${slot}"]`);
    const card = board.current?.querySelector<HTMLElement>(`[data-post="${entry.id}"]`);
    if (cell) markOver(cell, says);
    cell?.scrollIntoView({ block: 'nearest' });
    if (card) card.dataset.dragged = '';
    return () => {
      if (cell) unmark(cell);
      if (card) delete card.dataset.dragged;
    };
  }, [board, carried, view, says]);
}
