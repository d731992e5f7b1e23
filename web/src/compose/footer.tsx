import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown, CircleAlert, CircleCheck, Send } from 'lucide-react';
import { useState, type Dispatch } from 'react';
import type { Account, CheckReport } from '../api/client';
import { meQuery, seriesQuery } from '../api/queries';
import { t } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { SandboxMark } from '../kit/chip';
import { cx } from '../kit/cx';
import { Confirm } from '../kit/dialog';
import { Select } from '../kit/field';
import { Menu, MenuItem, MenuLine } from '../kit/menu';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import { change, isBlank, isUploading, type Change, type Draft } from './draft';
import { linesOf } from './findings';
import { QueueItems } from './queue_items';
import { noRepeat } from './repeat';
import { HalfDone, needsNewRequest, submit, type Goal, type Scope } from './submit';
import { wallText } from './wall';
import { When } from './when';

interface Props {
  draft: Draft;
  accounts: Account[];
  report: CheckReport | undefined;
  zone: string;
  whenOpen: boolean;
  onWhenOpen: (open: boolean) => void;
  dispatch: Dispatch<Change>;
  onRefused: (error: unknown) => void;
  onSaved: (next: Draft, leave: boolean) => void;
}

const scopes: Scope[] = ['one', 'following', 'all'];

export function Footer({ draft, accounts, report, zone, whenOpen, onWhenOpen, dispatch, onRefused, onSaved }: Props) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [confirming, setConfirming] = useState(false);
  const [anyway, setAnyway] = useState(false);
  const [scope, setScope] = useState<Scope>('one');
  const asksFirst = useQuery(meQuery).data?.asks_first ?? false;
  const series = useQuery({ ...seriesQuery(draft.post ?? ''), enabled: !!draft.post }).data;
  const send = useMutation({
    mutationFn: (goal: Goal) => submit(draft, goal, scope),
    onSuccess: (post, goal) => {
      setConfirming(false);
      queries.setQueryData(['post', post.id], post);
      void queries.invalidateQueries({ queryKey: ['posts'] });
      void queries.invalidateQueries({ queryKey: ['series'] });
      const leave = goal !== 'draft' || !draft.post || post.state !== 'draft';
      onSaved(change(draft, { do: 'saved', post }), leave);
      if (goal === 'draft' && post.state === 'draft') {
        toastDone(t('compose.savedDraft'));
        if (!draft.post) void navigate({ to: '/posts/$id/edit', params: { id: post.id }, replace: true });
        return;
      }
      toastDone(
        post.state === 'proposed' || post.state === 'expired'
          ? t(asksFirst ? 'approval.sent' : 'compose.savedChanges')
          : goal === 'now'
          ? t('compose.going')
          : goal === 'next' || goal === 'best'
            ? t('compose.queued', { time: wallText(post.at!.local) })
          : post.at
            ? t('compose.scheduled', { time: wallText(post.at.local) })
            : t('compose.savedChanges'),
      );
      void navigate({ to: '/posts/$id', params: { id: post.id } });
    },
    onError: (error) => {
      setConfirming(false);
      if (error instanceof HalfDone) {
        onSaved(change(draft, { do: 'saved', post: error.post }), false);
        onRefused(error.why);
      } else {
        if (needsNewRequest(error)) dispatch({ do: 'newRequest' });
        onRefused(error);
      }
      toastError(error instanceof HalfDone ? error.why : error);
    },
  });
  const uploading = isUploading(draft);
  const blank = isBlank(draft);
  const planned = draft.post && draft.state !== 'draft';
  const ready = draft.targets.length > 0 && !blank && !uploading;
  const closed = report?.targets.flatMap((target) => target.findings).find((finding) => finding.id === 'blackout');
  const schedule = () => (!draft.at ? onWhenOpen(true) : closed ? setAnyway(true) : send.mutate('schedule'));
  return (
    <div className="sticky bottom-0 z-20 border-t border-line bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur">
      <div className="mx-auto flex max-w-[1400px] flex-wrap items-center gap-x-3 gap-y-2.5 px-4 py-3 sm:px-8">
        <When
          at={draft.at}
          resolved={report?.at}
          zone={zone}
          open={whenOpen}
          onOpen={onWhenOpen}
          onChange={(at) => dispatch({ do: 'at', at })}
          late={draft.late?.then ?? 'ask'}
          onLate={(then) => dispatch({ do: 'late', then })}
          repeat={series ? undefined : (draft.repeat ?? noRepeat)}
          onRepeat={(repeat) => dispatch({ do: 'repeat', repeat })}
        />
        {report && !blank && <Readiness report={report} />}
        {blank && draft.targets.length > 0 && <p className="text-[13px] text-ink-3">{t('compose.writeFirst')}</p>}
        {!blank && draft.targets.length === 0 && <p className="text-[13px] text-ink-3">{t('compose.chooseAccount')}</p>}
        {uploading && (
          <p role="status" className="text-[13px] text-ink-3">
            {t('compose.uploading')}
          </p>
        )}
        <div className="ml-auto flex items-center gap-2">
          {!planned && (
            <Button
              look="plain"
              disabled={blank || uploading || send.isPending}
              busy={send.isPending && send.variables === 'draft'}
              onClick={() => send.mutate('draft')}
            >
              {t('compose.saveDraft')}
            </Button>
          )}
          {series && planned && (
            <Select
              aria-label={t('repeat.scope')}
              value={scope}
              onChange={(e) => setScope(e.target.value as Scope)}
              options={scopes.map((value) => ({ value, label: t(`repeat.scope.${value}`) }))}
              className="h-9.5 w-auto"
            />
          )}
          <div className="flex">
            <Button
              look="primary"
              className="rounded-r-none"
              disabled={!ready}
              busy={send.isPending && send.variables === 'schedule'}
              onClick={schedule}
            >
              {planned
                ? t(asksFirst && draft.state === 'scheduled' ? 'approval.sendChanges' : 'compose.saveChanges')
                : t(asksFirst ? 'approval.send' : 'compose.schedule')}
            </Button>
            <Menu
              side="top"
              trigger={
                <button
                  type="button"
                  aria-label={t('compose.otherWays')}
                  disabled={!ready || send.isPending}
                  className={buttonClass('primary', 'md', 'rounded-l-none border-l border-l-on-accent/25 px-2.5')}
                >
                  <ChevronDown size={16} aria-hidden />
                </button>
              }
            >
              <QueueItems targets={draft.targets} onChoose={(goal) => send.mutate(goal)} />
              <MenuLine />
              <MenuItem icon={Send} note={t('compose.nowNote')} onSelect={() => setConfirming(true)}>
                {t(asksFirst ? 'approval.sendNow' : 'compose.now')}
              </MenuItem>
            </Menu>
          </div>
        </div>
      </div>
      {anyway && closed && (
        <Confirm
          title={t('days.anywayTitle')}
          action={t('days.anyway')}
          busy={send.isPending}
          onClose={() => setAnyway(false)}
          onConfirm={() => (setAnyway(false), send.mutate('schedule'))}
        >
          <p>{closed.text}</p>
          <p className="mt-2">{closed.fix}</p>
        </Confirm>
      )}
      {confirming && (
        <Confirm
          title={t('compose.nowTitle', { n: accounts.length })}
          action={t(asksFirst ? 'approval.send' : 'compose.now')}
          busy={send.isPending}
          onClose={() => setConfirming(false)}
          onConfirm={() => send.mutate('now')}
        >
          <ul className="mb-4 grid gap-2.5">
            {accounts.map((a) => (
              <li key={a.id} className="flex items-center gap-3 text-ink">
                <Avatar name={a.name} network={a.network} size={34} />
                <span className="min-w-0 leading-tight">
                  <span className="block truncate font-medium">{a.name}</span>
                  <span className="block truncate text-[13px] text-ink-3">{a.handle}</span>
                </span>
                {a.sandbox && <SandboxMark className="ml-auto" />}
              </li>
            ))}
          </ul>
          {t(asksFirst ? 'approval.nothing' : 'compose.nowText')}
        </Confirm>
      )}
    </div>
  );
}

// The strip in one word; leads to the findings themselves.
function Readiness({ report }: { report: CheckReport }) {
  const blockers = linesOf(report, []).filter((line) => line.finding.severity === 'blocker').length;
  const Icon = report.ready ? CircleCheck : CircleAlert;
  return (
    <button
      type="button"
      onClick={() => document.getElementById('findings')?.scrollIntoView({ block: 'center', behavior: 'smooth' })}
      className={cx(
        'inline-flex h-8 items-center gap-1.5 rounded-full px-2.5 text-[13px] font-medium',
        report.ready ? 'text-ok hover:bg-ok-soft' : 'text-bad hover:bg-bad-soft',
      )}
    >
      <Icon size={16} aria-hidden />
      {report.ready ? t('check.short') : t('compose.problems', { n: blockers })}
    </button>
  );
}
