// The bar over a post that waits for approval, or that was answered: who asks for what, and what can be said to it.
import { useMutation, useQuery } from '@tanstack/react-query';
import { CalendarClock, Check, CornerUpLeft, Undo2, UserRoundCheck } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Post } from '../api/client';
import { meQuery, seriesQuery } from '../api/queries';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Field, inputClass } from '../kit/field';
import { cx } from '../kit/cx';
import { Trouble } from '../kit/note';
import { Ago } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { TimeDialog } from './time_dialog';
import { useTake } from './take';

type Proposal = NonNullable<Post['proposal']>;
type Answer = { at?: { local: string; zone: string }; scope?: 'one' | 'series' };

export const isProposal = (post: Pick<Post, 'state'>) => post.state === 'proposed' || post.state === 'expired';

export function Approval({ post }: { post: Post }) {
  const { proposal } = post;
  if (!proposal) return null;
  if (isProposal(post)) return <Open post={post} proposal={proposal} />;
  if (proposal.answer === 'sent_back' && (post.state === 'draft' || post.state === 'canceled'))
    return <SentBack proposal={proposal} />;
  if (proposal.answer === 'approved' && proposal.answered_by)
    return (
      <p className="flex items-center gap-2 text-sm text-ink-2">
        <UserRoundCheck size={16} aria-hidden className="shrink-0 text-ok" />
        {t('approval.approvedBy', { name: proposal.answered_by.name })}
        {proposal.note && <q className="min-w-0 break-words">{proposal.note}</q>}
      </p>
    );
  return null;
}

function SentBack({ proposal }: { proposal: Proposal }) {
  return (
    <section aria-label={t('approval.title')} className="rounded-lg border border-warn-line bg-warn-soft px-4.5 py-4">
      <p className="flex flex-wrap items-baseline gap-x-2 font-semibold text-warn">
        {t('approval.sentBackBy', { name: proposal.answered_by?.name || t('approval.somebody') })}
        {proposal.answered && (
          <span className="text-[13px] font-normal">
            <Ago at={proposal.answered} />
          </span>
        )}
      </p>
      <p className="mt-1 break-words whitespace-pre-wrap text-ink">{proposal.note}</p>
    </section>
  );
}

function Open({ post, proposal }: { post: Post; proposal: Proposal }) {
  const may = useQuery(meQuery).data?.permissions.includes('posts.approve') ?? false;
  const name = proposal.asked_by.name || t('approval.somebody');
  return (
    <section
      aria-label={t('approval.title')}
      className="grid gap-3.5 rounded-lg border border-warn-line bg-warn-soft px-4.5 py-4"
    >
      <div>
        <p className="font-semibold text-ink">
          {t(`approval.asks.${proposal.wants}`, { name })}
        </p>
        <p className="mt-0.5 text-sm text-ink-2">
          {post.state === 'expired' ? t('approval.expiredText') : t('approval.nothing')}{' '}
          {!may && t('approval.waitingForOther')}{' '}
          <span className="whitespace-nowrap text-ink-2">
            <Ago at={proposal.asked} />
          </span>
        </p>
      </div>
      {may ? <Decide post={post} /> : <TakeBack post={post} />}
    </section>
  );
}

function useApprove(post: Post, onDone: () => void) {
  const take = useTake();
  return useMutation({
    mutationFn: (answer: Answer) =>
      ask(
        api.POST('/api/v1/posts/{id}/approve', {
          params: { path: { id: post.id } },
          body: { revision: post.revision, ...answer },
        }),
      ),
    onSuccess: (next) => {
      take(next);
      toastDone(t(post.proposal?.wants === 'time' ? 'approval.approved' : 'approval.approvedNow'));
      onDone();
    },
  });
}

function Decide({ post }: { post: Post }) {
  const [dialog, setDialog] = useState<'at' | 'back' | null>(null);
  const [whole, setWhole] = useState(false);
  const series = useQuery(seriesQuery(post.id)).data;
  const approve = useApprove(post, () => setDialog(null));
  const scope: Answer = whole ? { scope: 'series' } : {};
  const expired = post.state === 'expired';
  return (
    <div className="grid gap-3">
      {series && (
        <label className="flex min-h-6 items-center gap-2.5 text-sm">
          <input type="checkbox" checked={whole} onChange={(e) => setWhole(e.target.checked)} className="size-4.5 accent-(--accent)" />
          {t('approval.series')}
        </label>
      )}
      <div className="flex flex-wrap gap-2">
        {!expired && (
          <Button
            look="primary"
            icon={Check}
            busy={approve.isPending && !dialog}
            onClick={() => approve.mutate(scope, { onError: toastError })}
          >
            {t('approval.approve')}
          </Button>
        )}
        <Button look={expired ? 'primary' : 'quiet'} icon={CalendarClock} onClick={() => setDialog('at')}>
          {t('approval.approveAt')}
        </Button>
        <Button icon={CornerUpLeft} onClick={() => setDialog('back')}>
          {t('approval.back')}
        </Button>
      </div>
      {approve.error && !dialog && <Trouble error={approve.error} />}
      {dialog === 'at' && (
        <TimeDialog
          post={post}
          title={t('approval.atTitle')}
          action={(time) => t('approval.atAction', { time })}
          busy={approve.isPending}
          error={approve.error}
          onClose={() => setDialog(null)}
          onChoose={(at) => approve.mutate({ ...scope, at })}
        />
      )}
      {dialog === 'back' && <SendBack post={post} onClose={() => setDialog(null)} />}
    </div>
  );
}

function SendBack({ post, onClose }: { post: Post; onClose: () => void }) {
  const take = useTake();
  const [note, setNote] = useState('');
  const back = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/posts/{id}/reject', {
          params: { path: { id: post.id } },
          body: { note, revision: post.revision },
        }),
      ),
    onSuccess: (next) => {
      take(next);
      toastDone(t('approval.sentBack'));
      onClose();
    },
  });
  return (
    <Dialog
      title={t('approval.backTitle')}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" form="send-back" busy={back.isPending} disabled={!note.trim()}>
            {t('approval.back')}
          </Button>
        </>
      }
    >
      <form
        id="send-back"
        className="grid gap-4"
        onSubmit={(e) => {
          e.preventDefault();
          if (note.trim()) back.mutate();
        }}
      >
        <p className="text-ink-2">{t('approval.backText')}</p>
        <Field label={t('approval.note')} hint={t('approval.noteHint')}>
          {(ids) => (
            <textarea
              {...ids}
              data-first
              rows={4}
              maxLength={1000}
              value={note}
              onChange={(e) => setNote(e.target.value)}
              className={cx(inputClass, 'h-auto min-h-24 py-2')}
            />
          )}
        </Field>
        {back.error && <Trouble error={back.error} />}
      </form>
    </Dialog>
  );
}

function TakeBack({ post }: { post: Post }) {
  const take = useTake();
  const cancel = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/posts/{id}/cancel', { params: { path: { id: post.id } } })),
    onSuccess: ({ post: next }) => {
      take(next);
      toastDone(t('approval.takenBack'));
    },
    onError: toastError,
  });
  const writes = useQuery(meQuery).data?.permissions.includes('posts.write') ?? false;
  if (!writes) return null;
  return (
    <div>
      <Button icon={Undo2} busy={cancel.isPending} onClick={() => cancel.mutate()}>
        {t('approval.takeBack')}
      </Button>
    </div>
  );
}
