// Single keys that work everywhere but where somebody writes. They can be switched off (WCAG 2.1.4): speech input says
// letters, too. Control K is not one of them and always works.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { t } from '../i18n';
import { recall, remember } from '../kit/remembered';
import { places } from './places';

const storageKey = 'carillon.keys';
const patience = 1500; // ms between G and the letter of a place
const listeners = new Set<() => void>();

let on = recall(storageKey) !== 'off';

export function useSingleKeys(): [boolean, (next: boolean) => void] {
  const value = useSyncExternalStore(
    (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    () => on,
  );
  return [value, chooseSingleKeys];
}

function chooseSingleKeys(next: boolean) {
  on = next;
  remember(storageKey, next ? 'on' : 'off');
  listeners.forEach((listener) => listener());
}

// How the key beside the space bar is called here.
export const commandKey = () => (/mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : t('key.control'));

const writing = (target: EventTarget | null) =>
  target instanceof HTMLElement && !!target.closest('input, textarea, select, [contenteditable], [role=menu], dialog');

export type Open = 'palette' | 'sheet';

// Listens on the whole page; `open` shows what was asked for.
export function useKeys(open: (what: Open) => void) {
  const navigate = useNavigate();
  useEffect(() => {
    let before = -patience; // when G was pressed: not yet
    const hear = (e: KeyboardEvent) => {
      const key = e.key.toLowerCase();
      if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && key === 'k') {
        if (document.querySelector('dialog[open]')) return;
        e.preventDefault();
        return open('palette');
      }
      if (!on || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.repeat || writing(e.target)) return;
      if (document.querySelector('dialog[open]')) return;
      const place = e.timeStamp - before < patience ? places.find((p) => p.key === key) : undefined;
      before = key === 'g' ? e.timeStamp : -patience;
      if (place) void navigate({ to: place.to });
      else if (key === 'c') void navigate({ to: '/compose' });
      else if (key === '/') open('palette');
      else if (key === '?') open('sheet');
      else return;
      e.preventDefault();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [navigate, open]);
}
