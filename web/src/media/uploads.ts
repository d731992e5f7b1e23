// Files on their way to the server: a few at a time, each with its progress; what failed can be tried again.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { upload, type Upload } from '../api/upload';
import { randomId } from '../kit/cx';
import { wordsFor } from '../kit/toast';

export interface Sending {
  key: string;
  file: File;
  state: 'waiting' | 'sending' | 'done' | 'failed';
  share: number;
  error?: string;
}
const together = 3;

export function useUploads() {
  const queries = useQueryClient();
  const [list, setList] = useState<Sending[]>([]);
  const queue = useRef<Sending[]>([]);
  const running = useRef(new Map<string, Upload>());
  const change = useCallback(
    (key: string, part: Partial<Sending>) =>
      setList((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each))),
    [],
  );
  const next = useCallback(() => {
    while (running.current.size < together && queue.current.length > 0) {
      const { key, file } = queue.current.shift()!;
      const one = upload(file, key, (share) => change(key, { share }));
      running.current.set(key, one);
      change(key, { state: 'sending', share: 0, error: undefined });
      const over = (part: Partial<Sending>) => {
        running.current.delete(key);
        change(key, part);
        next();
      };
      one.done.then(
        () => {
          over({ state: 'done', share: 1 });
          void queries.invalidateQueries({ queryKey: ['shelf'] });
        },
        (error: unknown) => {
          const { text, more } = wordsFor(error);
          over({ state: 'failed', error: [text, more].filter(Boolean).join(' ') });
        },
      );
    }
  }, [change, queries]);
  const add = useCallback(
    (files: File[]) => {
      const fresh = files.map((file): Sending => ({ key: randomId(), file, state: 'waiting', share: 0 }));
      queue.current.push(...fresh);
      setList((all) => [...all.filter((each) => each.state !== 'done'), ...fresh]);
      next();
    },
    [next],
  );
  const cancel = useCallback(
    (key: string) => {
      queue.current = queue.current.filter((each) => each.key !== key);
      running.current.get(key)?.cancel();
      running.current.delete(key);
      setList((all) => all.filter((each) => each.key !== key));
      next();
    },
    [next],
  );
  // The same key: when it did arrive after all, no second file is made.
  const retry = useCallback(
    (item: Sending) => {
      queue.current.push(item);
      change(item.key, { state: 'waiting', error: undefined });
      next();
    },
    [change, next],
  );
  const clear = useCallback(
    () => setList((all) => all.filter((each) => each.state === 'waiting' || each.state === 'sending')),
    [],
  );
  return { list, add, cancel, retry, clear };
}
