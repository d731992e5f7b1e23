// Moving posts in time: one by its own route, several by the bulk route; shown at once, put back when refused, with
// the way back in the message.
import { useQueryClient } from '@tanstack/react-query';
import { api, ask, type CalendarEntry } from '../api/client';
import { wallText } from '../compose/wall';
import { t } from '../i18n';
import { randomId } from '../kit/cx';
import { toastDone, toastError } from '../kit/toast';
import { movedEntry, placed, shifted, type Entry, type Shift } from './entries';
import type { Calendar } from './read';

type When = { local: string; zone: string };

// A draft has no deliveries to move: its time is edited.
const put = (entry: CalendarEntry, at: When) =>
  entry.state === 'draft'
    ? ask(
        api.PATCH('/api/v1/posts/{id}', {
          params: { path: { id: entry.id }, header: { 'If-Match': `"${entry.revision}"` } },
          body: { at },
        }),
      )
    : ask(api.POST('/api/v1/posts/{id}/reschedule', { params: { path: { id: entry.id } }, body: { at } }));

export const inBulk = (
  ids: string[],
  what: { action: 'move'; days: number } | { action: 'cancel' | 'remove' | 'approve' } | { action: 'tag' | 'untag'; tag: string },
) =>
  ask(
    api.POST('/api/v1/posts/bulk', {
      params: { header: { 'Idempotency-Key': randomId() } },
      body: { ids, ...what },
    }),
  );

export function useMoves() {
  const queries = useQueryClient();
  const reread = () => {
    for (const queryKey of [['calendar'], ['posts'], ['post'], ['queue']]) void queries.invalidateQueries({ queryKey });
  };
  const show = (ids: Set<string>, change: (entry: Entry) => CalendarEntry) =>
    queries.setQueriesData<Calendar>(
      { queryKey: ['calendar'] },
      (old) => old && { ...old, entries: old.entries.map((e) => (ids.has(e.id) ? placed(change(e)) : e)) },
    );

  const one = async (entry: CalendarEntry, shift: Shift) => {
    const before = { local: entry.at.local, zone: entry.at.zone };
    const at = { local: shifted(before.local, shift), zone: before.zone };
    show(new Set([entry.id]), (e) => movedEntry(e, shift));
    try {
      const moved = await put(entry, at);
      const back = async () => {
        try {
          await put({ ...entry, revision: moved.revision }, before);
          toastDone(t('calendar.movedBack', { time: wallText(before.local) }));
        } catch (error) {
          toastError(error);
        }
        reread();
      };
      toastDone(t('post.moved', { time: wallText(moved.at?.local ?? at.local) }), {
        label: t('undo'),
        run: () => void back(),
      });
    } catch (error) {
      show(new Set([entry.id]), () => entry);
      toastError(error);
    }
    reread();
  };

  const many = async (ids: string[], days: number) => {
    show(new Set(ids), (e) => movedEntry(e, { days, minutes: 0 }));
    try {
      const { done, items } = await inBulk(ids, { action: 'move', days });
      const moved = items.filter((i) => i.done).map((i) => i.id);
      tellOutcome(t('bulk.moved', { n: done }), items, {
        label: t('undo'),
        run: () =>
          void inBulk(moved, { action: 'move', days: -days })
            .then((back) => tellOutcome(t('bulk.movedBack', { n: back.done }), back.items), toastError)
            .finally(reread),
      });
    } catch (error) {
      toastError(error);
    }
    reread();
  };
  return { one, many, reread };
}

type Items = Awaited<ReturnType<typeof inBulk>>['items'];

// What was done, in one line; what was refused, with the first reason, in another that stays.
export function tellOutcome(text: string, items: Items, action?: { label: string; run: () => void }) {
  const refused = items.filter((i) => !i.done);
  if (refused.length < items.length) toastDone(text, action);
  if (refused.length === 0) return;
  const why = refused[0]!.problem;
  toastError(new Error(t('bulk.refused', { n: refused.length, why: [why?.detail, why?.remedy].filter(Boolean).join(' ') })));
}
