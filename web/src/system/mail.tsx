// Where mail goes out: set, tried and switched off by an owner; what is on its way, and what went wrong.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Mail as MailIcon, PenLine, Send } from 'lucide-react';
import { useState } from 'react';
import { api, ask, Problem } from '../api/client';
import { meQuery } from '../api/queries';
import { t, tx } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Field, PasswordField, Select, TextField } from '../kit/field';
import { Note, Trouble } from '../kit/note';
import { Ago } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { mailQuery, type MailState, type Security } from './read';

export function Mail() {
  const may = useQuery(meQuery).data?.permissions.includes('system.manage') ?? false;
  if (!may) return null;
  return <Shown />;
}

function Shown() {
  const mail = useQuery(mailQuery);
  const [editing, setEditing] = useState(false);
  const test = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/system/mail/test')),
    onSettled: () => void mail.refetch(),
  });
  if (!mail.data) return mail.error ? <Trouble error={mail.error} /> : null;
  const { source } = mail.data;
  return (
    <section className="card grid gap-4 p-5" aria-labelledby="mail">
      <div className="flex flex-wrap items-start gap-4">
        <MailIcon
          size={20}
          aria-hidden
          className={cx('mt-0.5 shrink-0', mail.data.trouble ? 'text-bad' : source === 'none' ? 'text-ink-3' : 'text-ok')}
        />
        <div className="min-w-0 flex-1 basis-56">
          <h2 id="mail" className="font-semibold">
            {t('mail.title')}
          </h2>
          <How mail={mail.data} />
        </div>
        {source !== 'none' && (
          <Button size="sm" icon={Send} busy={test.isPending} onClick={() => test.mutate()}>
            {t('mail.test')}
          </Button>
        )}
        {source !== 'configuration' && (
          <Button size="sm" icon={PenLine} onClick={() => setEditing(true)}>
            {t(source === 'none' ? 'mail.setUp' : 'mail.change')}
          </Button>
        )}
      </div>
      <div role="status">
        {test.data ? (
          <p className="flex items-start gap-2 text-sm">
            {test.data.ok ? (
              <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-ok" />
            ) : (
              <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-bad" />
            )}
            <span className="min-w-0 break-words">{test.data.text}</span>
          </p>
        ) : (
          mail.data.trouble && (
            <Note tone="bad">
              {mail.data.trouble} {mail.data.trouble_at && <Ago at={mail.data.trouble_at} />}
            </Note>
          )
        )}
        {test.error && <Trouble error={test.error} />}
      </div>
      {editing && <Edit mail={mail.data} onClose={() => setEditing(false)} />}
    </section>
  );
}

function How({ mail }: { mail: MailState }) {
  if (mail.source === 'none') return <p className="mt-1 text-sm text-ink-2">{t('mail.none')}</p>;
  return (
    <div className="mt-1 grid gap-0.5 text-sm text-ink-2">
      <p className="break-words">
        {t('mail.through', { from: mail.from, host: `${mail.host}:${mail.port}` })}
        {mail.source === 'configuration' && ` ${t('mail.configured')}`}
      </p>
      <p className="nums">
        {t('mail.week', { n: mail.sent })}
        {mail.waiting > 0 && ` · ${t('mail.waiting', { n: mail.waiting })}`}
        {mail.refused > 0 && ` · ${t('mail.refused', { n: mail.refused })}`}
        {mail.unknown > 0 && ` · ${t('mail.unknown', { n: mail.unknown })}`}
        {mail.last_sent && <> · {tx('mail.last', { ago: <Ago at={mail.last_sent} /> })}</>}
      </p>
    </div>
  );
}

const securities: Security[] = ['starttls', 'tls', 'none'];
const usualPort: Record<Security, string> = { starttls: '587', tls: '465', none: '25' };

function useSaving(onClose: () => void) {
  const queries = useQueryClient();
  const take = (now: MailState, words: string) => {
    queries.setQueryData(mailQuery.queryKey, now);
    toastDone(words);
    onClose();
  };
  const save = useMutation({
    mutationFn: (body: { host: string; port: number; security: Security; user: string; from: string; password?: string }) =>
      ask(api.PUT('/api/v1/system/mail', { body })),
    onSuccess: (now) => take(now, t('mail.saved')),
  });
  const stop = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/system/mail')),
    onSuccess: (now) => take(now, t('mail.stopped')),
    onError: toastError,
  });
  return { save, stop };
}

function Edit({ mail, onClose }: { mail: MailState; onClose: () => void }) {
  const { save, stop } = useSaving(onClose);
  const [form, setForm] = useState({
    host: mail.host,
    port: String(mail.port),
    security: mail.security,
    user: mail.user,
    from: mail.from,
  });
  const [password, setPassword] = useState('');
  const problem = save.error instanceof Problem ? save.error : null;
  const put = (name: keyof typeof form) => ({
    value: form[name],
    error: problem?.fieldError(name),
    onChange: (e: { target: { value: string } }) => setForm({ ...form, [name]: e.target.value }),
  });
  const secure = (security: Security) =>
    setForm({ ...form, security, port: form.port === usualPort[form.security] ? usualPort[security] : form.port });
  const known = ['host', 'port', 'user', 'from', 'password'].some((name) => problem?.fieldError(name));
  return (
    <Dialog
      title={t('mail.dialog')}
      onClose={onClose}
      footer={
        <>
          {mail.source === 'page' && (
            <Button look="plain" className="mr-auto" busy={stop.isPending} onClick={() => stop.mutate()}>
              {t('mail.stop')}
            </Button>
          )}
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" form="mail-server" busy={save.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        id="mail-server"
        className="grid gap-4.5"
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate({ ...form, port: Number(form.port), ...(password && { password }) });
        }}
      >
        <TextField label={t('mail.host')} required data-first placeholder={t('mail.hostExample')} {...put('host')} />
        <div className="grid gap-4.5 sm:grid-cols-2">
          <Field label={t('mail.security')}>
            {(ids) => (
              <Select
                {...ids}
                value={form.security}
                onChange={(e) => secure(e.target.value as Security)}
                options={securities.map((value) => ({ value, label: t(`mail.security.${value}`) }))}
              />
            )}
          </Field>
          <TextField label={t('mail.port')} required type="number" min={1} max={65535} {...put('port')} />
        </div>
        <TextField label={t('mail.user')} optional autoComplete="off" {...put('user')} />
        <PasswordField
          label={t('mail.password')}
          hint={mail.has_password ? t('mail.passwordKept') : undefined}
          autoComplete="new-password"
          value={password}
          error={problem?.fieldError('password')}
          onChange={(e) => setPassword(e.target.value)}
        />
        <TextField label={t('mail.from')} required type="email" hint={t('mail.fromHint')} {...put('from')} />
        {problem && !known && <Trouble error={problem} />}
        {save.error && !problem && <Trouble error={save.error} />}
      </form>
    </Dialog>
  );
}
