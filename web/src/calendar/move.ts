// Moving posts in time: one by its own route, several by the bulk route; shown at once, put back when refused, with
// the way back in the message.
import { useQueryClient } from '@tanstack/react-query';
import { api, ask, type CalendarEntry, type Finding } from '../api/client';
import { wallText } from '../compose/wall';
import { t } from '../i18n';
import { randomId } from '../kit/cx';
import { toastDone, toastError, toastWarning } from '../kit/toast';
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

// What the server says against the time that a post has now: a closed day, a clash, a limit. Nothing when it cannot be
// asked: the post is moved, whatever.
async function doubts(id: string): Promise<Finding[]> {
  try {
    const report = await ask(api.GET('/api/v1/posts/{id}/check', { params: { path: { id } } }));
    const all = [...report.findings, ...report.targets.flatMap((target) => target.findings)];
    return all.filter(
      (f, i) => f.group === 'schedule' && f.severity !== 'info' && all.findIndex((other) => other.text === f.text) === i,
    );
  } catch {
    return [];
  }
}

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

  const place = async (entry: CalendarEntry, at: When) => {
    try {
      await put(entry, at);
      toastDone(t('post.moved', { time: wallText(at.local) }));
    } catch (error) {
      toastError(error);
    }
    reread();
  };

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
      const done = t('post.moved', { time: wallText(moved.at?.local ?? at.local) });
      const undo = { label: t('undo'), run: () => void back() };
      const against = await doubts(entry.id);
      if (!against.length) toastDone(done, undo);
      else {
        const slot = against.find((finding) => finding.slot)?.slot;
        const free = slot && {
          label: t('fix.take_slot', { time: wallText(slot.local) }),
          run: () => void place({ ...entry, revision: moved.revision }, { local: slot.local, zone: slot.zone }),
        };
        toastWarning(done, against.map((finding) => finding.text).join(' '), free ? [undo, free] : [undo]);
      }
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

// The first thing that speaks against a new time, and of how many posts something does.
function doubtsOf(items: Items): string {
  const why = items[0]!.warnings[0]!.detail;
  return items.length > 1 ? t('bulk.doubted', { n: items.length, why }) : why;
}

// What was done, in one line; what was refused, with the first reason, in another that stays.
export function tellOutcome(text: string, items: Items, action?: { label: string; run: () => void }) {
  const refused = items.filter((i) => !i.done);
  const doubted = items.filter((i) => i.warnings.length);
  if (doubted.length) toastWarning(text, doubtsOf(doubted), action ? [action] : []);
  else if (refused.length < items.length) toastDone(text, action);
  if (refused.length === 0) return;
  const why = refused[0]!.problem;
  toastError(new Error(t('bulk.refused', { n: refused.length, why: [why?.detail, why?.remedy].filter(Boolean).join(' ') })));
}
