// Putting words where the cursor is, in a text that React keeps.
import type { RefObject } from 'react';

export type Area = RefObject<HTMLTextAreaElement | null>;

// Replaces what stands from `from` to the cursor (or what is selected) and leaves the cursor behind it.
export function insertWords(area: Area, text: string, words: string, onText: (text: string) => void, from?: number) {
  const box = area.current;
  const start = from ?? box?.selectionStart ?? text.length;
  const end = box?.selectionEnd ?? text.length;
  const next = text.slice(0, start) + words + text.slice(end);
  onText(next);
  requestAnimationFrame(() => {
    box?.focus();
    box?.setSelectionRange(start + words.length, start + words.length);
  });
}

// With a space before it where a word ends just there.
export function spaced(area: Area, text: string, words: string): string {
  const before = text.slice(0, area.current?.selectionStart ?? text.length);
  return before && !/\s$/.test(before) ? ` ${words}` : words;
}
