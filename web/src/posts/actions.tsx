import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import {
  Ban,
  CalendarClock,
  CirclePause,
  CirclePlay,
  Copy,
  Ellipsis,
  PencilLine,
  RotateCcw,
  Send,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Post } from '../api/client';
import { EvergreenItem } from '../evergreen/mark';
import { t } from '../i18n';
import { Button, buttonClass, IconButton } from '../kit/button';
import { randomId } from '../kit/cx';
import { Confirm } from '../kit/dialog';
import { Menu, MenuItem, MenuLine } from '../kit/menu';
import { Note } from '../kit/note';
import { toastDone, toastError } from '../kit/toast';
import type { WhenDraft } from '../compose/draft';
import { wallText } from '../compose/wall';
import { meQuery } from '../api/queries';
import { TimeDialog } from './time_dialog';
import { isProposal } from './approval';
import { useTake } from './take';

export function RetryButton({ post, deliveries, label }: { post: Post; deliveries?: string[]; label?: string }) {
  const take = useTake();
  const retry = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/posts/{id}/retry', {
          params: { path: { id: post.id } },
          body: deliveries ? { deliveries } : {},
        }),
      ),
    onSuccess: (next) => {
      take(next);
      toastDone(t(isProposal(next) ? 'approval.sent' : 'post.retrying'));
    },
    onError: toastError,
  });
  return (
    <Button
      size={deliveries ? 'sm' : 'md'}
      look={deliveries ? 'quiet' : 'primary'}
      icon={RotateCcw}
      busy={retry.isPending}
      onClick={() => retry.mutate()}
    >
      {label ?? t('post.retry')}
    </Button>
  );
}

export function PostActions({ post }: { post: Post }) {
  const take = useTake();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'cancel' | 'move' | 'publish' | 'remove' | null>(null);
  const path = { path: { id: post.id } };
  const close = () => setDialog(null);
  const act = useMutation({
    mutationFn: async (what: 'pause' | 'resume' | 'publish') =>
      ask(
        what === 'pause'
          ? api.POST('/api/v1/posts/{id}/pause', { params: path })
          : what === 'resume'
            ? api.POST('/api/v1/posts/{id}/resume', { params: path })
            : api.POST('/api/v1/posts/{id}/publish', { params: path }),
      ),
    onSuccess: (next, what) => {
      take(next);
      toastDone(what === 'publish' && isProposal(next) ? t('approval.sent') : t(`post.${what}Done`));
    },
    onError: toastError,
    onSettled: close,
  });
  const cancel = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/posts/{id}/cancel', { params: path })),
    onSuccess: ({ canceled, post: next }) => {
      take(next);
      toastDone(t('post.cancelDone', { n: canceled }));
    },
    onError: toastError,
    onSettled: close,
  });
  const duplicate = useMutation({
    mutationFn: () =>
      ask(api.POST('/api/v1/posts/{id}/duplicate', { params: { ...path, header: { 'Idempotency-Key': randomId() } } })),
    onSuccess: (next) => {
      take(next);
      toastDone(t('post.duplicated'));
      void navigate({ to: '/posts/$id/edit', params: { id: next.id } });
    },
    onError: toastError,
  });
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/posts/{id}', { params: path })),
    onSuccess: () => {
      toastDone(t('post.removed'));
      void navigate({ to: '/posts' });
    },
    onError: toastError,
    onSettled: close,
  });
  const asksFirst = useQuery(meQuery).data?.asks_first ?? false;
  const { tally } = post;
  const asked = isProposal(post);
  const open = tally.waiting + tally.uncertain + tally.in_flight;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {tally.failed > 0 && !asked && <RetryButton post={post} label={t('post.retryAll', { n: tally.failed })} />}
      {post.paused && open > 0 && (
        <Button look="primary" icon={CirclePlay} busy={act.isPending} onClick={() => act.mutate('resume')}>
          {t('post.resume')}
        </Button>
      )}
      {(post.state === 'draft' || asked || tally.waiting > 0 || tally.failed > 0) && (
        <Link to="/posts/$id/edit" params={{ id: post.id }} className={buttonClass()}>
          <PencilLine size={16} aria-hidden />
          {t('post.edit')}
        </Link>
      )}
      {(tally.waiting > 0 || asked) && (
        <Button icon={CalendarClock} onClick={() => setDialog('move')}>
          {t('post.move')}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton
            icon={Ellipsis}
            label={t('post.more')}
            className="border border-line-strong bg-surface shadow-1"
          />
        }
      >
        {tally.waiting > 0 && (
          <MenuItem icon={Send} onSelect={() => setDialog('publish')}>
            {t(asksFirst ? 'approval.sendNow' : 'compose.now')}
          </MenuItem>
        )}
        {open > 0 && !post.paused && (
          <MenuItem icon={CirclePause} note={t('post.pauseNote')} onSelect={() => act.mutate('pause')}>
            {t('post.pause')}
          </MenuItem>
        )}
        <MenuItem icon={Copy} onSelect={() => duplicate.mutate()}>
          {t('post.duplicate')}
        </MenuItem>
        <EvergreenItem post={post.id} />
        {open > 0 && (
          <>
            <MenuLine />
            <MenuItem icon={Ban} danger onSelect={() => setDialog('cancel')}>
              {t('post.cancel')}
            </MenuItem>
          </>
        )}
        {post.state === 'draft' && (
          <>
            <MenuLine />
            <MenuItem icon={Trash2} danger onSelect={() => setDialog('remove')}>
              {t('post.remove')}
            </MenuItem>
          </>
        )}
      </Menu>
      {dialog === 'cancel' && (
        <Confirm
          title={t('post.cancelTitle')}
          action={t('post.cancel')}
          danger
          busy={cancel.isPending}
          onClose={close}
          onConfirm={() => cancel.mutate()}
        >
          {t('post.cancelText', { n: open })} {tally.delivered > 0 && t('post.cancelKept', { n: tally.delivered })}
        </Confirm>
      )}
      {dialog === 'publish' && (
        <Confirm
          title={t('compose.nowTitle', { n: tally.waiting })}
          action={t(asksFirst ? 'approval.send' : 'compose.now')}
          busy={act.isPending}
          onClose={close}
          onConfirm={() => act.mutate('publish')}
        >
          <p className="mb-2 font-medium text-ink">{post.targets.map((target) => target.name).join(', ')}</p>
          {t(asksFirst ? 'approval.nothing' : 'compose.nowText')}
        </Confirm>
      )}
      {dialog === 'remove' && (
        <Confirm
          title={t('post.removeTitle')}
          action={t('post.remove')}
          danger
          busy={remove.isPending}
          onClose={close}
          onConfirm={() => remove.mutate()}
        >
          {t('post.removeText')}
        </Confirm>
      )}
      {dialog === 'move' && <Move post={post} onClose={close} onMoved={take} />}
    </div>
  );
}

function Move({ post, onClose, onMoved }: { post: Post; onClose: () => void; onMoved: (post: Post) => void }) {
  const put = (at: WhenDraft) =>
    ask(api.POST('/api/v1/posts/{id}/reschedule', { params: { path: { id: post.id } }, body: { at } }));
  const back = async (at: WhenDraft) => {
    onMoved(await put(at));
    toastDone(t('calendar.movedBack', { time: wallText(at.local) }));
  };
  const move = useMutation({
    mutationFn: put,
    onSuccess: (next, at) => {
      onMoved(next);
      const before = post.at && { local: post.at.local, zone: post.at.zone };
      const undo = before ? { label: t('undo'), run: () => void back(before).catch(toastError) } : undefined;
      if (isProposal(next)) toastDone(t('approval.sent'));
      else toastDone(t('post.moved', { time: wallText(next.at?.local ?? at.local) }), undo);
      onClose();
    },
  });
  return (
    <TimeDialog
      post={post}
      title={t('post.moveTitle')}
      action={(time) => t('post.moveAction', { time })}
      busy={move.isPending}
      error={move.error}
      onClose={onClose}
      onChoose={(at) => move.mutate(at)}
    >
      {post.tally.delivered > 0 && <Note>{t('post.moveRest', { n: post.tally.waiting })}</Note>}
    </TimeDialog>
  );
}
