// Compositions kept on this device, a moment after each key: a closed tab, a crash or an ended session loses nothing.
import { useEffect, useRef, useState } from 'react';
import { isBlank, type Draft } from './draft';

const prefix = 'carillon.compose.';
const day = 24 * 3600 * 1000;

function write(draft: Draft): boolean {
  const kept: Draft = {
    ...draft,
    global: withoutUploads(draft.global),
    own: Object.fromEntries(Object.entries(draft.own).map(([k, v]) => [k, withoutUploads(v)])),
  };
  try {
    localStorage.setItem(prefix + draft.key, JSON.stringify(kept));
    return true;
  } catch {
    return false; // full or closed: said beside the title
  }
}
// What is not on the server yet cannot be kept.
const withoutUploads = (content: Draft['global']) => ({
  ...content,
  parts: content.parts.map((part) => ({ ...part, media: part.media.filter((m) => m.id) })),
});

export function keptDraft(key: string): Draft | null {
  try {
    const text = localStorage.getItem(prefix + key);
    return text ? (JSON.parse(text) as Draft) : null;
  } catch {
    return null;
  }
}
export function forgetDraft(key: string) {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // There is nothing to forget where nothing can be kept.
  }
}
export function keptDrafts(): Draft[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i)!);
    const drafts = keys
      .filter((key) => key.startsWith(prefix))
      .map((key) => keptDraft(key.slice(prefix.length)))
      .filter((draft): draft is Draft => !!draft);
    drafts.filter((d) => Date.now() - d.savedAt > 60 * day).forEach((d) => forgetDraft(d.key));
    return drafts.filter((d) => !isBlank(d)).sort((a, b) => b.savedAt - a.savedAt);
  } catch {
    return [];
  }
}

export type Keeping = 'untouched' | 'keeping' | 'kept' | 'failed';

// Keeps the draft 300 ms after the last change, and at once when the page is left. `original` is what needs no keeping.
// stop: it went to the server; nothing more is kept here.
export function useKeep(draft: Draft, original: Draft): { keeping: Keeping; stop: () => void } {
  const [keeping, setKeeping] = useState<Keeping>('untouched');
  const latest = useRef(draft);
  latest.current = draft;
  const dirty = useRef(false);
  const stopped = useRef(false);
  useEffect(() => {
    if (stopped.current) return;
    if (draft === original) {
      dirty.current = false;
      return setKeeping(draft.savedAt ? 'kept' : 'untouched');
    }
    dirty.current = true;
    setKeeping('keeping');
    const timer = setTimeout(() => {
      dirty.current = false;
      setKeeping(write({ ...draft, savedAt: Date.now() }) ? 'kept' : 'failed');
    }, 300);
    return () => clearTimeout(timer);
  }, [draft, original]);
  useEffect(() => {
    const leave = () => dirty.current && !stopped.current && write({ ...latest.current, savedAt: Date.now() });
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  const stop = () => {
    stopped.current = true;
    forgetDraft(latest.current.key);
  };
  return { keeping, stop };
}
