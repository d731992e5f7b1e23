// Is this post ready to go out at its time? Everything is looked at as it is now: the post, its accounts, its campaign, its
// files, the house.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, RefreshCw, TriangleAlert } from 'lucide-react';
import { api, ask, type Post } from '../api/client';
import { accountsQuery } from '../api/queries';
import { linesOf, type Line } from '../compose/findings';
import { t } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { cx } from '../kit/cx';
import { toastError } from '../kit/toast';

export const readyQuery = (post: string) =>
  queryOptions({
    queryKey: ['post', post, 'ready'],
    queryFn: () => ask(api.GET('/api/v1/posts/{id}/check', { params: { path: { id: post } } })),
    staleTime: 30_000,
  });

export function Readiness({ post }: { post: Post }) {
  const waits = post.state === 'scheduled' || post.state === 'proposed';
  const report = useQuery({ ...readyQuery(post.id), enabled: waits });
  const accounts = useQuery(accountsQuery).data ?? [];
  if (!waits || !report.data) return null;
  const lines = linesOf(report.data, accounts).filter((line) => line.finding.severity !== 'info');
  const blockers = lines.filter((line) => line.finding.severity === 'blocker').length;
  const tone = blockers ? 'text-bad' : lines.length ? 'text-warn' : 'text-ok';
  const Icon = blockers ? CircleAlert : lines.length ? TriangleAlert : CircleCheck;
  return (
    <section className="card overflow-hidden" aria-label={t('ready.title')}>
      <div className="flex items-center gap-2.5 px-4 py-2.5 sm:px-5">
        <Icon size={18} aria-hidden className={cx('shrink-0', tone)} />
        <p role="status" className="min-w-0 flex-1 text-sm">
          <b className="font-semibold">
            {blockers
              ? t('ready.no', { n: blockers })
              : lines.length
                ? t('ready.warn', { n: lines.length })
                : t('ready.yes')}
          </b>{' '}
          {lines.length === 0 && <span className="text-ink-2">{t(post.state === 'proposed' ? 'approval.ready' : 'ready.yesText')}</span>}
        </p>
        <IconButton
          icon={RefreshCw}
          size={16}
          label={t('ready.again')}
          disabled={report.isFetching}
          onClick={() => void report.refetch()}
        />
      </div>
      {lines.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {lines.map((line, i) => (
            <Row key={i} post={post} line={line} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ post, line: { finding, accounts } }: { post: Post; line: Line }) {
  const fix = useFix(post);
  const label = labels[finding.action];
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 text-sm sm:px-5">
      <div className="min-w-0 flex-1 basis-56">
        <p>
          <span className="sr-only">{t(`severity.${finding.severity}`)}: </span>
          {finding.text}
        </p>
        {finding.fix && <p className="text-ink-2">{finding.fix}</p>}
      </div>
      {label && (
        <Button size="sm" busy={fix.isPending} onClick={() => fix.mutate({ finding, accounts })}>
          {t(label)}
        </Button>
      )}
    </li>
  );
}

const labels: Record<string, 'fix.enable' | 'fix.reconnect' | 'fix.release' | 'fix.open_campaign' | 'fix.edit' | 'fix.pick_time'> = {
  enable: 'fix.enable',
  reconnect: 'fix.reconnect',
  release: 'fix.release',
  open_campaign: 'fix.open_campaign',
  edit: 'fix.edit',
  pick_time: 'fix.pick_time',
};

// One click where the server can mend it; else to the place where a person can.
function useFix(post: Post) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ finding, accounts }: Line): Promise<void> => {
      switch (finding.action) {
        case 'enable':
          for (const account of accounts)
            await ask(
              api.POST('/api/v1/campaigns/{id}/enable', {
                params: { path: { id: post.campaign ?? '' } },
                body: { account: account.id },
              }),
            );
          return;
        case 'release':
          if (finding.group === 'system') return navigate({ to: '/system' });
          for (const account of accounts)
            await ask(api.POST('/api/v1/accounts/{id}/release', { params: { path: { id: account.id } } }));
          return;
        case 'reconnect':
          return navigate({ to: '/accounts' });
        case 'open_campaign':
          return navigate({ to: '/campaigns/$id', params: { id: post.campaign ?? '' } });
        default:
          return navigate({ to: '/posts/$id/edit', params: { id: post.id } });
      }
    },
    onError: toastError,
    onSettled: () => queries.invalidateQueries({ queryKey: ['post', post.id] }),
  });
}
