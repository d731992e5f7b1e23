// Live events: one stream per page, which says what to read again; and whether we are connected at all.
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';

export type Link = 'connecting' | 'live' | 'lost';
interface LiveEvent {
  kind: 'post' | 'delivery' | 'account' | 'notice' | 'system' | 'words' | 'campaign' | 'task' | 'conversion';
  id: string;
  post?: string;
  state?: string;
}
const kinds = ['post', 'delivery', 'account', 'notice', 'system', 'words', 'campaign', 'task', 'conversion'] as const;

let link: Link = 'connecting';
const listeners = new Set<() => void>();
function say(next: Link) {
  if (next === link) return;
  link = next;
  listeners.forEach((listener) => listener());
}
export function useLink(): Link {
  return useSyncExternalStore(
    (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    () => link,
  );
}

function keysFor(event: LiveEvent): string[][] {
  switch (event.kind) {
    case 'post':
      return [['post', event.id], ['posts'], ['queue'], ['series'], ['feeds'], ['evergreen'], ['calendar'], ['campaigns'], ['campaign']];
    case 'delivery':
      return [['delivery', event.id], ['posts'], ['calendar'], ['campaign'], ['system'], ...(event.post ? [['post', event.post]] : [])];
    case 'account':
      return [['accounts'], ['me'], ['posts'], ['post'], ['queue'], ['slots'], ['calendar']];
    case 'campaign':
      return [['campaigns'], ['campaign', event.id], ['posts'], ['post'], ['calendar']];
    case 'task':
      return [['tasks'], ['notices'], ['me'], ['campaign']];
    case 'notice':
      return [['notices'], ['me']];
    case 'words':
      return [[event.id], ['check'], ...(event.id === 'blackouts' ? [['queue']] : [])];
    case 'conversion':
      return event.state === 'done' ? [['shelf']] : [];
    case 'system':
      return [['system'], ['me']];
  }
}

// Events come in bursts while something goes out: what they name is read again at most every 250 ms, thousands of
// posts at once less often.
const patience = (key: string[]) => (key[0] === 'calendar' || key[0] === 'campaign' ? 1500 : 250);
function batcher(queries: QueryClient) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return (keys: string[][]) => {
    for (const queryKey of keys) {
      const name = queryKey.join(' ');
      if (timers.has(name)) continue;
      const read = () => (timers.delete(name), void queries.invalidateQueries({ queryKey }));
      timers.set(name, setTimeout(read, patience(queryKey)));
    }
  };
}

// Opens the stream; gives what closes it. The browser resumes by itself after a break (Last-Event-ID); when it gives
// up (a refused answer), we try again every few seconds.
export function listen(queries: QueryClient): () => void {
  const reread = batcher(queries);
  let source: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource('/api/v1/events');
    source.onopen = () => {
      say('live');
      void queries.invalidateQueries(); // whatever happened after it was read and before we listened
    };
    source.onerror = () => {
      say('lost');
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, 4000);
    };
    for (const kind of kinds)
      source.addEventListener(kind, (message) => {
        try {
          const event = JSON.parse((message as MessageEvent<string>).data) as LiveEvent;
          if (event.kind === 'system' && event.id === 'missed')
            void queries.invalidateQueries(); // we were away too long
          else reread(keysFor(event));
        } catch {
          void queries.invalidateQueries(); // an event we cannot read: read everything
        }
      });
  };
  say('connecting');
  open();
  return () => {
    clearTimeout(again);
    source?.close();
  };
}
