// What a person does with posts in the queue: to another slot, or changing places. Each can be taken back.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask, type Account, type QueueEntry, type QueueItem } from '../api/client';
import { closedText, fullText } from '../calendar/closed';
import { wallText } from '../compose/wall';
import { t } from '../i18n';
import { toastDone, toastError, toastWarning } from '../kit/toast';

export interface Move {
  item: QueueItem;
  from: QueueEntry;
  to: QueueEntry | 'next';
}

const reschedule = (id: string, at: { local: string; zone: string }) =>
  ask(api.POST('/api/v1/posts/{id}/reschedule', { params: { path: { id } }, body: { at } }));
const swap = (post: string, other: string) =>
  ask(api.POST('/api/v1/queue/swap', { body: { post, with: other } }));

async function run({ item, to }: Move, zone: string): Promise<string> {
  if (to === 'next') {
    const post = await ask(
      api.POST('/api/v1/posts/{id}/reschedule', { params: { path: { id: item.id } }, body: { queue: 'next' } }),
    );
    return t('queue.moved', { time: wallText(post.at!.local) });
  }
  const there = to.posts[0];
  if (there) {
    await swap(item.id, there.id);
    return t('queue.swapped');
  }
  const post = await reschedule(item.id, { local: to.local, zone });
  return t('queue.moved', { time: wallText(post.at!.local) });
}

// The way back: the same places the other way round.
async function back({ item, from, to }: Move, zone: string) {
  const there = to !== 'next' && to.posts[0];
  if (there) await swap(item.id, there.id);
  else await reschedule(item.id, { local: from.local, zone });
}

// What speaks against a slot, in words: a closed day, or a limit that the account has reached until later.
export const againstSlot = (slot: QueueEntry, account: Account | undefined) =>
  slot.closed !== null ? closedText(slot.closed) : account && fullText(account, slot.utc);

export function useMoves(zone: string, account: Account | undefined) {
  const queries = useQueryClient();
  const reread = () => {
    for (const key of ['queue', 'posts', 'post']) void queries.invalidateQueries({ queryKey: [key] });
  };
  const undo = useMutation({ mutationFn: (move: Move) => back(move, zone), onError: toastError, onSettled: reread });
  const move = useMutation({
    mutationFn: (wanted: Move) => run(wanted, zone),
    onSuccess: (said, wanted) => {
      const back = { label: t('undo'), run: () => undo.mutate(wanted) };
      const against = wanted.to === 'next' ? undefined : againstSlot(wanted.to, account);
      if (against) toastWarning(said, against, [back]);
      else toastDone(said, back);
    },
    onError: toastError,
    onSettled: reread,
  });
  return { move: move.mutate, moving: move.isPending ? move.variables.item.id : undefined };
}
