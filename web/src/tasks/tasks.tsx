// What only a person may do on a network: a list to tick off. Nothing here is ever done by the program.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Download, FileSpreadsheet, ListChecks, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { campaignsQuery } from '../campaigns/read';
import { t } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { cx } from '../kit/cx';
import { Empty, Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { Screen, ScreenHead } from '../shell/shell';
import { TaskForm } from './form';
import { tasksQuery, type Task } from './read';
import { TaskRow } from './row';

const views: Task['state'][] = ['open', 'done', 'skipped'];

const exportAddress = (state: Task['state'], campaign?: string) =>
  `/api/v1/tasks/export.csv?${new URLSearchParams({ state, ...(campaign && { campaign }) })}`;

export function TasksScreen() {
  const search = useSearch({ from: '/inside/tasks' });
  const state = views.find((view) => view === search.state) ?? 'open';
  const tasks = useQuery(tasksQuery(state, search.campaign));
  const [making, setMaking] = useState(false);
  const [editing, setEditing] = useState<Task | null>(null);
  const items = tasks.data?.items ?? [];
  const actions = (
    <>
      {items.length > 0 && (
        <a href={exportAddress(state, search.campaign)} download className={buttonClass('quiet')}>
          <Download size={16} aria-hidden />
          {t('tasks.export')}
        </a>
      )}
      <Link to="/tasks/import" className={buttonClass('quiet')}>
        <FileSpreadsheet size={16} aria-hidden />
        {t('tasks.import')}
      </Link>
      <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
        {t('tasks.make')}
      </Button>
    </>
  );
  return (
    <Screen>
      <ScreenHead title={t('nav.tasks')} lead={t('tasks.lead')} actions={actions} />
      <div className="flex flex-wrap items-center gap-3">
        <Views state={state} campaign={search.campaign} />
        <OfCampaign id={search.campaign} />
      </div>
      <div className="mt-5">
        {tasks.isPending && <Waiting rows={3} label={t('loading')} />}
        {tasks.error && <Trouble error={tasks.error} />}
        {tasks.data && items.length === 0 && (
          <Empty
            art={<ListChecks size={40} strokeWidth={1.5} aria-hidden className="text-accent" />}
            title={state === 'open' ? t('tasks.emptyTitle') : t('tasks.noneDone')}
          >
            {t('tasks.emptyText')}
          </Empty>
        )}
        <Groups items={items} onEdit={setEditing} />
      </div>
      {making && <TaskForm campaign={search.campaign} onClose={() => setMaking(false)} />}
      {editing && <TaskForm task={editing} onClose={() => setEditing(null)} />}
    </Screen>
  );
}

function Views({ state, campaign }: { state: Task['state']; campaign?: string }) {
  return (
    <nav aria-label={t('tasks.views')} className="flex gap-1">
      {views.map((view) => (
        <Link
          key={view}
          to="/tasks"
          search={{ state: view === 'open' ? undefined : view, campaign }}
          aria-current={view === state ? 'page' : undefined}
          className={cx(
            'h-8 shrink-0 rounded-full px-3.5 text-[13.5px] leading-8 font-medium transition-colors',
            view === state ? 'bg-ink text-paper' : 'text-ink-2 hover:bg-sunken hover:text-ink',
          )}
        >
          {t(`tasks.${view}`)}
        </Link>
      ))}
    </nav>
  );
}

function OfCampaign({ id }: { id?: string }) {
  const navigate = useNavigate({ from: '/tasks' });
  const name = useQuery(campaignsQuery).data?.find((campaign) => campaign.id === id)?.name;
  if (!id) return null;
  return (
    <button
      type="button"
      className={buttonClass('soft', 'sm')}
      onClick={() => void navigate({ search: (old) => ({ ...old, campaign: undefined }) })}
    >
      {t('campaign.of', { name: name ?? '' })}
      <X size={14} aria-hidden />
    </button>
  );
}

// What is due comes first; what has no time comes last.
function Groups({ items, onEdit }: { items: Task[]; onEdit: (task: Task) => void }) {
  const open = items.some((task) => task.state === 'open');
  const groups: [string, Task[]][] = open
    ? [
        [t('tasks.due'), items.filter((task) => task.due)],
        [t('tasks.later'), items.filter((task) => !task.due && task.at)],
        [t('tasks.whenever'), items.filter((task) => !task.at)],
      ]
    : [['', items]];
  return groups
    .filter(([, tasks]) => tasks.length > 0)
    .map(([title, tasks]) => (
      <section key={title} className="mb-6">
        {title && <h2 className="pb-2.5 text-sm font-semibold text-ink-2">{title}</h2>}
        <ul className="card divide-y divide-line overflow-hidden">
          {tasks.map((task) => (
            <TaskRow key={task.id} task={task} onEdit={() => onEdit(task)} />
          ))}
        </ul>
      </section>
    ));
}
