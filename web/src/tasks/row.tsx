// One task: what to do, where, with which words; ticked off by the person who did it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, Copy, Ellipsis, ExternalLink, PencilLine, RotateCcw, SkipForward, Trash2 } from 'lucide-react';
import { api, ask } from '../api/client';
import { campaignsQuery } from '../campaigns/read';
import { Dot } from '../campaigns/state';
import { t } from '../i18n';
import { Button, buttonClass, IconButton } from '../kit/button';
import { Chip } from '../kit/chip';
import { cx } from '../kit/cx';
import { Menu, MenuItem, MenuLine } from '../kit/menu';
import { Ago, At } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import type { Task } from './read';

type Verb = 'done' | 'skip' | 'reopen' | 'remove';

// One that was removed is made anew, as it was.
const again = ({ kind, person, link, note, at, campaign }: Task) =>
  ask(
    api.POST('/api/v1/tasks', {
      body: { kind, person, link, note, ...(at && { at: { local: at.local, zone: at.zone } }), ...(campaign && { campaign }) },
    }),
  );

function useVerb(task: Task) {
  const queries = useQueryClient();
  const params = { path: { id: task.id } };
  const reread = () => {
    for (const queryKey of [['tasks'], ['me']]) void queries.invalidateQueries({ queryKey });
  };
  const act = useMutation({
    mutationFn: async (verb: Verb): Promise<void> => {
      if (verb === 'done') await ask(api.POST('/api/v1/tasks/{id}/done', { params }));
      else if (verb === 'skip') await ask(api.POST('/api/v1/tasks/{id}/skip', { params }));
      else if (verb === 'reopen') await ask(api.POST('/api/v1/tasks/{id}/reopen', { params }));
      else await ask(api.DELETE('/api/v1/tasks/{id}', { params }));
    },
    onSuccess: (_, verb) => {
      const undo = { label: t('undo'), run: () => act.mutate('reopen') };
      if (verb === 'done') toastDone(t('task.finished', { name: task.person }), undo);
      if (verb === 'skip') toastDone(t('task.skippedOne', { name: task.person }), undo);
      if (verb === 'remove')
        toastDone(t('task.removed'), { label: t('undo'), run: () => void again(task).then(reread, toastError) });
    },
    onError: toastError,
    onSettled: reread,
  });
  return act;
}

export function TaskRow({ task, onEdit }: { task: Task; onEdit: () => void }) {
  const act = useVerb(task);
  const campaign = useQuery(campaignsQuery).data?.find((c) => c.id === task.campaign);
  const open = task.state === 'open';
  const copy = () =>
    navigator.clipboard.writeText(task.note).then(() => toastDone(t('task.copied')), toastError);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 px-4 py-4 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className={cx('min-w-0 font-semibold break-words', !open && 'text-ink-2')}>{task.person}</span>
          <Chip>{t(`task.kind.${task.kind}`)}</Chip>
          {task.due && <Chip tone="warn">{t('tasks.due')}</Chip>}
        </p>
        {task.note && <p className="mt-1.5 line-clamp-3 text-sm whitespace-pre-line text-ink-2">{task.note}</p>}
        <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-[13px] text-ink-3">
          {task.at && <At at={task.at.utc} zone={task.at.zone} />}
          {task.settled && <Ago at={task.settled} />}
          {campaign && (
            <span className="inline-flex items-center gap-1.5">
              <Dot colour={campaign.colour} size={10} />
              {campaign.name}
            </span>
          )}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {open && task.note && (
          <Button size="sm" icon={Copy} onClick={() => void copy()}>
            {t('task.copy')}
          </Button>
        )}
        {open && task.link && (
          <a
            href={task.link}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t('task.goNamed', { name: task.person })}
            className={buttonClass('quiet', 'sm')}
          >
            <ExternalLink size={14} aria-hidden />
            {t('task.go')}
          </a>
        )}
        {open ? (
          <Button
            size="sm"
            look="primary"
            icon={Check}
            busy={act.isPending}
            aria-label={t('task.finishNamed', { name: task.person })}
            onClick={() => act.mutate('done')}
          >
            {t('task.finish')}
          </Button>
        ) : (
          <Button size="sm" icon={RotateCcw} busy={act.isPending} onClick={() => act.mutate('reopen')}>
            {t('task.reopen')}
          </Button>
        )}
        <Menu trigger={<IconButton icon={Ellipsis} label={t('task.editNamed', { name: task.person })} />}>
          <MenuItem icon={PencilLine} onSelect={onEdit}>
            {t('task.edit')}
          </MenuItem>
          {open && (
            <MenuItem icon={SkipForward} onSelect={() => act.mutate('skip')}>
              {t('task.skip')}
            </MenuItem>
          )}
          <MenuLine />
          <MenuItem icon={Trash2} danger onSelect={() => act.mutate('remove')}>
            {t('task.remove')}
          </MenuItem>
        </Menu>
      </div>
    </li>
  );
}
