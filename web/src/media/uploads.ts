// Files on their way to the server: a few at a time, each with its progress; what failed can be tried again. They go on
// while other screens are looked at.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { upload, type Progress, type Upload } from '../api/upload';
import { randomId } from '../kit/cx';
import { wordsFor } from '../kit/toast';

export interface Sending {
  key: string;
  file: File;
  folder: string;
  state: 'waiting' | 'sending' | 'done' | 'failed';
  progress: Progress;
  error?: string;
}
const together = 3;
const nothing: Progress = { share: 0, phase: 'sending' };

let list: Sending[] = [];
let finished = 0;
const running = new Map<string, Upload>();
const listeners = new Set<() => void>();
const busy = (each: Sending) => each.state === 'waiting' || each.state === 'sending';
const warn = (e: BeforeUnloadEvent) => e.preventDefault();

function set(next: Sending[]) {
  list = next;
  if (list.some(busy)) window.addEventListener('beforeunload', warn);
  else window.removeEventListener('beforeunload', warn);
  listeners.forEach((listener) => listener());
}
const change = (key: string, part: Partial<Sending>) =>
  set(list.map((each) => (each.key === key ? { ...each, ...part } : each)));

function next() {
  while (running.size < together) {
    const item = list.find((each) => each.state === 'waiting' && !running.has(each.key));
    if (!item) return;
    start(item);
  }
}
function start({ key, file, folder }: Sending) {
  const one = upload(file, key, { folder, onProgress: (progress) => change(key, { progress }) });
  running.set(key, one);
  change(key, { state: 'sending', progress: nothing, error: undefined });
  const over = (part: Partial<Sending>) => {
    running.delete(key);
    change(key, part);
    next();
  };
  one.done.then(
    () => {
      finished++;
      over({ state: 'done', progress: { share: 1, phase: 'sending' } });
    },
    (error: unknown) => {
      const { text, more } = wordsFor(error);
      over({ state: 'failed', error: [text, more].filter(Boolean).join(' ') });
    },
  );
}

function add(files: File[], folder: string) {
  const fresh = files.map(
    (file): Sending => ({ key: randomId(), file, folder, state: 'waiting', progress: nothing }),
  );
  set([...list.filter((each) => each.state !== 'done'), ...fresh]);
  next();
}
function cancel(key: string) {
  running.get(key)?.cancel();
  running.delete(key);
  set(list.filter((each) => each.key !== key));
  next();
}
// The same key: when it did arrive after all, no second file is made.
function retry(item: Sending) {
  change(item.key, { state: 'waiting', error: undefined });
  next();
}
const clear = () => set(list.filter(busy));

const subscribe = (listener: () => void) => (listeners.add(listener), () => void listeners.delete(listener));

export function useUploads() {
  const queries = useQueryClient();
  const all = useSyncExternalStore(subscribe, () => list);
  const done = useSyncExternalStore(subscribe, () => finished);
  useEffect(() => {
    if (done > 0) void queries.invalidateQueries({ queryKey: ['shelf'] });
  }, [done, queries]);
  return { list: all, add, cancel, retry, clear };
}
