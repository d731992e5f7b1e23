import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask, Problem } from '../api/client';
import { meQuery } from '../api/queries';
import { t, tx } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { Field, PasswordField, TextField } from '../kit/field';
import { Note, Trouble } from '../kit/note';
import { viewerZone } from '../kit/time';
import { ZoneInput } from '../kit/zone_input';
import { useTitle } from '../shell/title';
import { EntryFrame } from './frame';
import { Strength } from './strength';

export function Setup() {
  useTitle(t('setup.title'));
  // Behind the #, which browsers never send to any server.
  const token = useLocation({ select: (at) => new URLSearchParams(at.hash).get('token') ?? '' });
  const status = useQuery({ queryKey: ['setup'], queryFn: () => ask(api.GET('/api/v1/setup')) });
  if (status.data && !status.data.needed)
    return (
      <EntryFrame title={t('setup.doneTitle')} lead={t('setup.doneLead')}>
        <Link to="/sign-in" className={buttonClass('primary', 'lg')}>
          {t('signIn.action')}
        </Link>
      </EntryFrame>
    );
  if (!token)
    return (
      <EntryFrame title={t('setup.title')} lead={t('setup.noTokenLead')}>
        <Note title={t('setup.noTokenTitle')}>
          {tx('setup.noToken', { example: <code className="font-mono text-[13px]">/setup#token=…</code> })}
        </Note>
      </EntryFrame>
    );
  return (
    <EntryFrame title={t('setup.title')} lead={t('setup.lead')}>
      <SetupForm token={token} />
    </EntryFrame>
  );
}

function SetupForm({ token }: { token: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [form, setForm] = useState({ workspace: '', zone: viewerZone, name: '', email: '', password: '' });
  const set = (name: keyof typeof form) => (e: { target: { value: string } }) =>
    setForm((old) => ({ ...old, [name]: e.target.value }));
  const make = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/setup', { body: { token, ...form } })),
    onSuccess: (me) => {
      queries.setQueryData(meQuery.queryKey, me);
      void navigate({ to: '/accounts', replace: true });
    },
  });
  const problem = make.error instanceof Problem ? make.error : null;
  const wrong = (field: string) => problem?.fieldError(field);
  const shownAtField = problem && Object.keys(form).some((field) => wrong(field));
  return (
    <form
      className="grid gap-4.5"
      onSubmit={(e) => {
        e.preventDefault();
        make.mutate();
      }}
    >
      <TextField
        label={t('setup.workspace')}
        hint={t('setup.workspaceHint')}
        error={wrong('workspace')}
        value={form.workspace}
        onChange={set('workspace')}
        autoComplete="organization"
        required
        autoFocus
      />
      <Field label={t('setup.zone')} hint={t('setup.zoneHint')} error={wrong('zone')}>
        {(ids) => <ZoneInput {...ids} value={form.zone} onChange={(zone) => setForm((old) => ({ ...old, zone }))} />}
      </Field>
      <div className="my-1 h-px bg-line" />
      <TextField
        label={t('setup.name')}
        error={wrong('name')}
        value={form.name}
        onChange={set('name')}
        autoComplete="name"
      />
      <TextField
        label={t('field.email')}
        hint={t('setup.emailHint')}
        error={wrong('email')}
        type="email"
        value={form.email}
        onChange={set('email')}
        autoComplete="username"
        required
      />
      <PasswordField
        label={t('field.password')}
        hint={<Strength password={form.password} known={[form.workspace, form.name, form.email]} />}
        error={wrong('password')}
        value={form.password}
        onChange={set('password')}
        autoComplete="new-password"
        required
      />
      {problem && !shownAtField && <Trouble error={problem} />}
      <Button type="submit" look="primary" size="lg" busy={make.isPending} className="mt-1 w-full">
        {t('setup.action')}
      </Button>
    </form>
  );
}
