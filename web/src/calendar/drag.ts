// Dragging a card with a pointer. Nothing is rendered while it moves: a copy follows the pointer by transform, the
// place below it is found in rectangles measured once, and marked by an attribute.
import { useEffect, useRef, type RefObject } from 'react';

export interface Slot {
  day: string;
  hour?: number; // of a view with hours
  minute?: number; // of a view with clock times: minutes of the day
}
export const slotOf = (text: string): Slot => {
  const [day, clock] = text.split('T') as [string, string | undefined];
  if (!clock) return { day };
  const [hour, minute] = clock.split(':').map(Number) as [number, number | undefined];
  return minute === undefined ? { day, hour } : { day, minute: hour * 60 + minute };
};

interface Place {
  element: HTMLElement;
  left: number;
  top: number;
  right: number;
  bottom: number;
}
const threshold = 5; // pixels before a press is a drag
const edge = 56;

// The place where it would land, and in words what speaks against it.
export function markOver(place: HTMLElement, says: string | undefined) {
  place.dataset.over = place.hasAttribute('data-past') ? 'no' : 'yes';
  if (says) place.dataset.says = says;
}
export function unmark(place: HTMLElement) {
  delete place.dataset.over;
  delete place.dataset.says;
}

class Drag {
  private ghost: HTMLElement | null = null;
  private places: Place[] = [];
  private over: HTMLElement | null = null;
  private x = 0;
  private y = 0;
  private frame = 0;
  private scrolled = 0;

  constructor(
    private board: HTMLElement,
    private card: HTMLElement,
    private startX: number,
    private startY: number,
    private count: number,
    private against: (slot: Slot) => string | undefined,
  ) {}

  move(x: number, y: number) {
    this.x = x;
    this.y = y;
    if (!this.ghost && Math.hypot(x - this.startX, y - this.startY) < threshold) return;
    if (!this.ghost) this.begin();
    this.frame ||= requestAnimationFrame(this.draw);
  }

  private begin() {
    const box = this.card.getBoundingClientRect();
    const ghost = this.card.cloneNode(true) as HTMLElement;
    ghost.removeAttribute('data-post');
    ghost.removeAttribute('id');
    ghost.setAttribute('aria-hidden', 'true');
    ghost.dataset.ghost = String(this.count);
    Object.assign(ghost.style, {
      position: 'fixed',
      left: `${box.left - this.startX}px`,
      top: `${box.top - this.startY}px`,
      width: `${box.width}px`,
      margin: '0',
      zIndex: '60',
      pointerEvents: 'none',
      willChange: 'transform',
    });
    document.body.append(ghost);
    this.ghost = ghost;
    this.card.dataset.dragged = '';
    document.documentElement.dataset.dragging = '';
    this.measure();
  }

  // In page coordinates, so that scrolling changes nothing.
  private measure() {
    const [sx, sy] = [window.scrollX, window.scrollY];
    this.places = [...this.board.querySelectorAll<HTMLElement>('[data-slot]')].map((element) => {
      const r = element.getBoundingClientRect();
      return { element, left: r.left + sx, top: r.top + sy, right: r.right + sx, bottom: r.bottom + sy };
    });
  }

  private draw = () => {
    this.frame = 0;
    if (!this.ghost) return;
    this.ghost.style.transform = `translate3d(${this.x}px, ${this.y}px, 0) rotate(-1.2deg)`;
    this.mark(this.at(this.x + window.scrollX, this.y + window.scrollY));
    const pull = this.y < edge ? -1 : this.y > window.innerHeight - edge ? 1 : 0;
    if (!pull) return;
    window.scrollBy(0, pull * 14);
    if (this.scrolled++ < 2000) this.frame = requestAnimationFrame(this.draw);
  };

  private at(x: number, y: number): HTMLElement | null {
    for (const p of this.places) if (x >= p.left && x < p.right && y >= p.top && y < p.bottom) return p.element;
    return null;
  }

  private mark(element: HTMLElement | null) {
    if (element === this.over) return;
    if (this.over) unmark(this.over);
    this.over = element;
    if (element) markOver(element, this.against(slotOf(element.dataset.slot!)));
  }

  // The place it was let go over; undefined: it was never dragged; null: nowhere.
  end(): Slot | null | undefined {
    if (!this.ghost) return undefined;
    const over = this.over;
    this.clear();
    return over && !over.hasAttribute('data-past') ? slotOf(over.dataset.slot!) : null;
  }

  clear() {
    cancelAnimationFrame(this.frame);
    this.mark(null);
    this.ghost?.remove();
    this.ghost = null;
    delete this.card.dataset.dragged;
    delete document.documentElement.dataset.dragging;
  }
}

interface Handlers {
  count: (id: string) => number; // how many go with it; 0: it stays
  against: (id: string, slot: Slot) => string | undefined; // asked when it comes over another place
  drop: (id: string, slot: Slot) => void;
  start: () => void;
}

export function useDrag(board: RefObject<HTMLElement | null>, handlers: Handlers) {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    const element = board.current;
    if (!element) return;
    let drag: Drag | null = null;
    let id = '';
    const down = (e: PointerEvent) => {
      if (e.button !== 0 || e.pointerType === 'touch' || e.ctrlKey || e.metaKey || e.shiftKey) return;
      const card = (e.target as HTMLElement).closest<HTMLElement>('[data-post]');
      const count = card ? latest.current.count(card.dataset.post!) : 0;
      if (!card || !count) return;
      id = card.dataset.post!;
      drag = new Drag(element, card, e.clientX, e.clientY, count, (slot) => latest.current.against(id, slot));
      latest.current.start();
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', up);
      window.addEventListener('pointercancel', stop);
      window.addEventListener('keydown', key, true);
    };
    const move = (e: PointerEvent) => drag?.move(e.clientX, e.clientY);
    const leave = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', stop);
      window.removeEventListener('keydown', key, true);
      drag = null;
    };
    const up = () => {
      const slot = drag?.end();
      leave();
      if (slot === undefined) return;
      // The click that follows belongs to the drag.
      const swallow = (e: Event) => (e.preventDefault(), e.stopPropagation());
      window.addEventListener('click', swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0);
      if (slot) latest.current.drop(id, slot);
    };
    const stop = () => (drag?.clear(), leave());
    const key = (e: KeyboardEvent) => {
      if (e.key !== 'Escape') return;
      e.preventDefault();
      e.stopPropagation();
      stop();
    };
    const none = (e: Event) => e.preventDefault(); // links are not dragged as links
    element.addEventListener('pointerdown', down);
    element.addEventListener('dragstart', none);
    return () => {
      stop();
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('dragstart', none);
    };
  }, [board]);
}
