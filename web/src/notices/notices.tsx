import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  Bell,
  CheckCheck,
  CircleAlert,
  CircleCheck,
  CircleHelp,
  ClockAlert,
  CornerUpLeft,
  Hourglass,
  PlugZap,
  RotateCcw,
  ListChecks,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import { api, ask, type Notice } from '../api/client';
import { accountsQuery, noticesQuery } from '../api/queries';
import { t, tWord } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Empty, Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { Ago } from '../kit/time';
import { toastError } from '../kit/toast';
import { NetworkMark } from '../networks/look';
import { Screen, ScreenHead } from '../shell/shell';

const signs: Record<string, { icon: LucideIcon; ink: string }> = {
  delivery_failed: { icon: CircleAlert, ink: 'bg-bad-soft text-bad' },
  delivery_uncertain: { icon: CircleHelp, ink: 'bg-warn-soft text-warn' },
  account_held: { icon: PlugZap, ink: 'bg-bad-soft text-bad' },
  trying_again: { icon: RotateCcw, ink: 'bg-info-soft text-info' },
  delivered_lacking: { icon: TriangleAlert, ink: 'bg-warn-soft text-warn' },
  late: { icon: ClockAlert, ink: 'bg-warn-soft text-warn' },
  approval_asked: { icon: Hourglass, ink: 'bg-warn-soft text-warn' },
  approval_expired: { icon: ClockAlert, ink: 'bg-bad-soft text-bad' },
  post_approved: { icon: CircleCheck, ink: 'bg-ok-soft text-ok' },
  not_ready: { icon: TriangleAlert, ink: 'bg-warn-soft text-warn' },
  task_due: { icon: ListChecks, ink: 'bg-info-soft text-info' },
  post_sent_back: { icon: CornerUpLeft, ink: 'bg-warn-soft text-warn' },
};

export function NoticesScreen() {
  const queries = useQueryClient();
  const notices = useInfiniteQuery(noticesQuery);
  const items = notices.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = notices.data?.pages[0]?.unread ?? 0;
  const read = useMutation({
    mutationFn: (id?: string) => ask(api.POST('/api/v1/notices/read', { body: id ? { id } : {} })),
    onError: toastError,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['notices'] });
      void queries.invalidateQueries({ queryKey: ['me'] });
    },
  });
  return (
    <Screen>
      <ScreenHead
        title={t('nav.notifications')}
        lead={t('notices.lead')}
        actions={
          unread > 0 && (
            <Button icon={CheckCheck} busy={read.isPending} onClick={() => read.mutate(undefined)}>
              {t('notices.readAll')}
            </Button>
          )
        }
      />
      {notices.isPending && <Waiting rows={4} height="h-16" label={t('loading')} />}
      {notices.error && <Trouble error={notices.error} />}
      {notices.data && items.length === 0 && (
        <Empty
          art={<Bell size={40} strokeWidth={1.5} aria-hidden className="text-accent" />}
          title={t('notices.noneTitle')}
        >
          {t('notices.noneText')}
        </Empty>
      )}
      {items.length > 0 && (
        <ul className="card divide-y divide-line overflow-hidden">
          {items.map((notice) => (
            <Row key={notice.id} notice={notice} onRead={() => !notice.read && read.mutate(notice.id)} />
          ))}
        </ul>
      )}
      {notices.hasNextPage && (
        <div className="mt-6 text-center">
          <Button busy={notices.isFetchingNextPage} onClick={() => void notices.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </Screen>
  );
}

// Leads to the very thing it speaks of: the post with that target open, or the account.
function Row({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const account = useQuery(accountsQuery).data?.find((a) => a.id === notice.account);
  const { icon: Icon, ink } = signs[notice.kind] ?? { icon: Bell, ink: 'bg-sunken text-ink-2' };
  const title = (
    <>
      {tWord('notice', notice.kind)}
      {!notice.read && <span className="sr-only"> ({t('notices.unread')})</span>}
    </>
  );
  const className = cx('before:absolute before:inset-0 focus-inset', notice.read ? 'font-medium' : 'font-semibold');
  return (
    <li
      className={cx(
        'relative flex items-start gap-x-4 gap-y-1 px-4 py-4 transition-colors hover:bg-raised max-sm:flex-wrap sm:px-5',
        !notice.read && 'bg-[color-mix(in_srgb,var(--accent-soft)_45%,transparent)]',
      )}
    >
      <span className={cx('grid size-9 shrink-0 place-items-center rounded-full', ink)}>
        <Icon size={17} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        {notice.post ? (
          <Link
            to="/posts/$id"
            params={{ id: notice.post }}
            search={{ target: notice.delivery ?? undefined }}
            onClick={onRead}
            className={className}
          >
            {title}
          </Link>
        ) : notice.kind === 'task_due' ? (
          <Link to="/tasks" onClick={onRead} className={className}>
            {title}
          </Link>
        ) : notice.account ? (
          <Link to="/accounts" onClick={onRead} className={className}>
            {title}
          </Link>
        ) : (
          <button type="button" onClick={onRead} className={cx(className, 'text-left')}>
            {title}
          </button>
        )}
        {account && (
          <p className="mt-0.5 flex items-center gap-1.5 text-[13px] text-ink-3">
            <NetworkMark network={account.network} size={15} />
            {account.name}
          </p>
        )}
        <p className="mt-0.5 text-sm text-ink-2">{notice.text}</p>
      </div>
      <span className="shrink-0 text-[13px] text-ink-3 max-sm:basis-full max-sm:pl-13">
        <Ago at={notice.at} />
      </span>
    </li>
  );
}
