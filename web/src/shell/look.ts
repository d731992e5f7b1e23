// Light, dark, or as the system has it. Remembered on this device; theme.js applies it before the first paint.
import { useSyncExternalStore } from 'react';
import { remember } from '../kit/remembered';

export type LookChoice = 'system' | 'light' | 'dark';
const key = 'carillon.look';
const listeners = new Set<() => void>();

function read(): LookChoice {
  const set = document.documentElement.dataset.look;
  return set === 'light' || set === 'dark' ? set : 'system';
}

export function chooseLook(choice: LookChoice) {
  if (choice === 'system') delete document.documentElement.dataset.look;
  else document.documentElement.dataset.look = choice;
  remember(key, choice === 'system' ? null : choice);
  listeners.forEach((listener) => listener());
}

export const useLook = () =>
  useSyncExternalStore((listener) => (listeners.add(listener), () => listeners.delete(listener)), read);
