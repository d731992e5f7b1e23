// Who did what, newest first. Each line is a sentence; what it is about leads there.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Fragment } from 'react';
import { accountsQuery } from '../api/queries';
import { t, tWord } from '../i18n';
import { Button } from '../kit/button';
import { Waiting } from '../kit/empty';
import { Field, Select } from '../kit/field';
import { Note, Trouble } from '../kit/note';
import { clockSeconds, dayName, fullTime } from '../kit/time';
import { useNetworkLabel } from '../networks/label';
import { auditQuery, keysQuery, nameOf, usersQuery, type AuditEntry } from './read';

const nouns = [
  'post', 'delivery', 'queue', 'evergreen', 'feed', 'plan', 'campaign', 'task', 'media', 'blackout', 'variable', 'hashtags',
  'account', 'user', 'key', 'session', 'workspace', 'mail', 'system',
];
const namedById = ['variable', 'folder', 'plan'];

export function AuditLog() {
  const search = useSearch({ from: '/inside/members' });
  const navigate = useNavigate();
  const users = useQuery(usersQuery).data ?? [];
  const audit = useInfiniteQuery(auditQuery({ about: search.about, by: search.by }));
  const entries = audit.data?.pages.flatMap((page) => page.items) ?? [];
  const broken = audit.data?.pages.some((page) => !page.intact);
  const choose = (change: { about?: string; by?: string }) =>
    void navigate({ to: '/members', search: { ...search, tab: 'audit', ...change }, replace: true });
  return (
    <section aria-label={t('members.audit')}>
      <div className="mb-5 grid gap-4 sm:grid-cols-[1fr_1fr_2fr]">
        <Field label={t('audit.about')}>
          {(ids) => (
            <Select
              {...ids}
              value={search.about ?? ''}
              onChange={(e) => choose({ about: e.target.value || undefined })}
              options={[
                { value: '', label: t('audit.everything') },
                ...nouns.map((noun) => ({ value: noun, label: tWord('auditAbout', noun) })),
              ]}
            />
          )}
        </Field>
        <Field label={t('audit.by')}>
          {(ids) => (
            <Select
              {...ids}
              value={search.by ?? ''}
              onChange={(e) => choose({ by: e.target.value || undefined })}
              options={[
                { value: '', label: t('audit.anybody') },
                ...users.map((user) => ({ value: user.id, label: nameOf(user) })),
              ]}
            />
          )}
        </Field>
        <p className="self-end pb-2.5 text-sm text-ink-3 sm:text-right">
          {audit.data && !broken && t('audit.intact')}
        </p>
      </div>
      {broken && (
        <Note tone="bad" role="alert" title={t('audit.broken')} className="mb-5">
          {t('audit.brokenText')}
        </Note>
      )}
      {audit.isPending && <Waiting rows={5} height="h-12" label={t('loading')} />}
      {audit.error && <Trouble error={audit.error} />}
      {audit.data && entries.length === 0 && <p className="card p-8 text-center text-ink-2">{t('audit.none')}</p>}
      {byDay(entries).map(([day, some]) => (
        <Fragment key={day}>
          <h2 className="mt-6 mb-2 text-sm font-semibold text-ink-2 first:mt-0">{day}</h2>
          <ol className="card divide-y divide-line">
            {some.map((entry) => (
              <Line key={entry.number} entry={entry} />
            ))}
          </ol>
        </Fragment>
      ))}
      {audit.hasNextPage && (
        <div className="mt-6 text-center">
          <Button busy={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </section>
  );
}

function byDay(entries: AuditEntry[]): [string, AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>();
  for (const entry of entries) {
    const day = dayName(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}

// "user:<id>" as a person is called.
function useActor(actor: string): string {
  const users = useQuery(usersQuery).data;
  const keys = useQuery(keysQuery).data;
  const [kind, id] = actor.split(':');
  if (kind === 'user') {
    const user = users?.find((each) => each.id === id);
    return user ? nameOf(user) : t('audit.someone');
  }
  if (kind === 'key') {
    const key = keys?.find((each) => each.id === id);
    return key ? t('audit.key', { name: key.name }) : t('audit.oldKey');
  }
  return tWord('auditActor', actor);
}

function Line({ entry }: { entry: AuditEntry }) {
  const actor = useActor(entry.actor);
  return (
    <li className="grid grid-cols-[4.75rem_1fr] items-baseline gap-x-3 px-4 py-2.5 text-sm sm:px-5" data-action={entry.action}>
      <time dateTime={entry.at} title={fullTime(entry.at)} className="text-[13px] text-ink-3">
        {clockSeconds(entry.at)}
      </time>
      <p className="min-w-0 break-words">
        <b className="font-semibold">{actor}</b> <span className="text-ink-2">{tWord('audit', entry.action)}</span>
        <Subject entry={entry} />
      </p>
    </li>
  );
}

function Subject({ entry }: { entry: AuditEntry }) {
  const users = useQuery(usersQuery).data;
  const accounts = useQuery(accountsQuery).data;
  const [kind, id] = entry.subject.split(':');
  const labelOf = useNetworkLabel();
  const ofNetwork = entry.action === 'account.connected' || /^campaign\.(en|dis)abled$/.test(entry.action);
  const detail = ofNetwork ? entry.detail.replace(/^\S+/, labelOf) : tWord('auditDetail', entry.detail) || '';
  const extra = detail && <span className="text-ink-3"> · {detail}</span>;
  if (kind === 'post' && id && entry.action !== 'post.removed')
    return (
      <>
        {' · '}
        <Link to="/posts/$id" params={{ id }} className="text-accent underline underline-offset-3">
          {t('audit.thePost')}
        </Link>
        {extra}
      </>
    );
  const user = kind === 'user' ? users?.find((each) => each.id === id) : undefined;
  const account = kind === 'account' ? accounts?.find((each) => each.id === id) : undefined;
  const name = user ? nameOf(user) : namedById.includes(kind!) ? id : account?.name;
  return (
    <>
      {name && !entry.detail.includes(name) && <span> · {name}</span>}
      {extra}
    </>
  );
}
