// My own password and sessions: everybody has these.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop, ShieldOff, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { api, ask, Problem, type Me } from '../api/client';
import { Strength } from '../entry/strength';
import { t, tWord, tx } from '../i18n';
import { Button } from '../kit/button';
import { Chip } from '../kit/chip';
import { Dialog } from '../kit/dialog';
import { Waiting } from '../kit/empty';
import { PasswordField } from '../kit/field';
import { Trouble } from '../kit/note';
import { Ago } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import { nameOf, sessionsQuery, type Session } from './read';
import { Mails } from './mails';

export function You({ me }: { me: Me }) {
  const [changing, setChanging] = useState(false);
  return (
    <div className="grid gap-8">
      <section aria-label={t('members.you')} className="card flex flex-wrap items-center gap-4 p-5">
        <Avatar name={nameOf(me.user)} size={52} />
        <div className="min-w-0 flex-1 basis-48">
          <p className="truncate text-base font-semibold">{nameOf(me.user)}</p>
          <p className="truncate text-sm text-ink-3">{me.user.email}</p>
          <p className="mt-1 text-sm text-ink-2">
            <b className="font-medium text-ink">{tWord('role', me.user.role)}.</b> {t(`roleText.${me.user.role}`)}
          </p>
        </div>
        <Button onClick={() => setChanging(true)}>{t('you.password')}</Button>
      </section>
      <Mails me={me} />
      <Sessions />
      {changing && <PasswordDialog me={me} onClose={() => setChanging(false)} />}
    </div>
  );
}

function Sessions() {
  const queries = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const reread = () => void queries.invalidateQueries(sessionsQuery);
  const others = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/session/others')),
    onSuccess: () => toastDone(t('person.othersDone')),
    onError: toastError,
    onSettled: reread,
  });
  const end = useMutation({
    mutationFn: (id: string) => ask(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })),
    onSuccess: () => toastDone(t('you.ended')),
    onError: toastError,
    onSettled: reread,
  });
  const sorted = [...(sessions.data ?? [])].sort(
    (a, b) => Number(b.current) - Number(a.current) || b.seen.localeCompare(a.seen),
  );
  return (
    <section aria-labelledby="sessions">
      <div className="mb-4 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="sessions" className="text-lg font-semibold">
            {t('you.sessions')}
          </h2>
          <p className="text-sm text-ink-2">{t('you.sessionsText')}</p>
        </div>
        {sorted.length > 1 && (
          <Button icon={ShieldOff} busy={others.isPending} onClick={() => others.mutate()}>
            {t('person.others')}
          </Button>
        )}
      </div>
      {sessions.isPending && <Waiting rows={2} height="h-16" label={t('loading')} />}
      {sessions.error && <Trouble error={sessions.error} />}
      {sorted.length > 0 && (
        <ul className="card divide-y divide-line">
          {sorted.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              busy={end.isPending && end.variables === session.id}
              onEnd={() => end.mutate(session.id)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

// What the browser says of itself, in the few words that a person knows it by. Names of products, not words.
function device(agent: string): { name: string; phone: boolean } {
  const browsers: [RegExp, string][] = [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\//, 'Firefox'],
    [/Chrom(e|ium)\//, 'Chrome'],
    [/Safari\//, 'Safari'],
    [/curl\//, 'curl'],
  ];
  const systems: [RegExp, string][] = [
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ];
  const first = (all: [RegExp, string][]) => all.find(([sign]) => sign.test(agent))?.[1];
  const [browser, system] = [first(browsers), first(systems)];
  const name = browser && system ? t('you.device', { browser, system }) : (browser ?? system ?? agent.slice(0, 60));
  return { name: name || t('you.unknownDevice'), phone: /iPhone|iPad|Android/.test(agent) };
}

function SessionRow({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: () => void }) {
  const { name, phone } = device(session.agent);
  const Icon = phone ? Smartphone : Laptop;
  return (
    <li className="flex items-center gap-4 px-4 py-3.5 sm:px-5">
      <span className="grid size-10 shrink-0 place-items-center rounded-full bg-sunken text-ink-2">
        <Icon size={18} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{name}</span>
          {session.current && <Chip tone="ok">{t('you.current')}</Chip>}
        </p>
        <p className="text-[13px] text-ink-3">
          {tx('you.seen', { address: session.address, seen: <Ago at={session.seen} />, since: <Ago at={session.created} /> })}
        </p>
      </div>
      {!session.current && (
        <Button size="sm" busy={busy} onClick={onEnd} aria-label={t('you.endNamed', { name })}>
          {t('you.end')}
        </Button>
      )}
    </li>
  );
}

function PasswordDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  const queries = useQueryClient();
  const [form, setForm] = useState({ current: '', password: '' });
  const change = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/session/password', { body: form })),
    onSuccess: () => {
      toastDone(t('you.passwordDone'));
      void queries.invalidateQueries(sessionsQuery);
      onClose();
    },
  });
  const problem = change.error instanceof Problem ? change.error : null;
  const wrong = (field: string) => problem?.fieldError(field);
  return (
    <Dialog
      title={t('you.password')}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" form="password" busy={change.isPending}>
            {t('you.password')}
          </Button>
        </>
      }
    >
      <form
        id="password"
        className="grid gap-4.5"
        onSubmit={(e) => {
          e.preventDefault();
          change.mutate();
        }}
      >
        <input type="hidden" autoComplete="username" value={me.user.email} readOnly />
        <PasswordField
          label={t('you.currentPassword')}
          autoComplete="current-password"
          required
          data-first
          error={wrong('current')}
          value={form.current}
          onChange={(e) => setForm({ ...form, current: e.target.value })}
        />
        <PasswordField
          label={t('you.newPassword')}
          autoComplete="new-password"
          required
          hint={<Strength password={form.password} known={[me.user.email, me.user.name, me.workspace.name]} />}
          error={wrong('password')}
          value={form.password}
          onChange={(e) => setForm({ ...form, password: e.target.value })}
        />
        <p className="text-sm text-ink-2">{t('you.passwordText')}</p>
        {problem && !wrong('current') && !wrong('password') && <Trouble error={problem} />}
      </form>
    </Dialog>
  );
}
