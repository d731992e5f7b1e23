import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRight, FlaskConical, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { api, ask, Problem, type Network } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { SandboxMark } from '../kit/chip';
import { Dialog } from '../kit/dialog';
import { PasswordField, TextField } from '../kit/field';
import { Note, Trouble } from '../kit/note';
import { toastDone } from '../kit/toast';
import { NetworkMark } from '../networks/look';

// What is typed, by the names that the network gives its fields; "base" is a server's address.
type Form = Record<string, string>;

// What is needed, where to get it, what is asked for and why; then to the network's own page. The practice account is
// offered by name, first when it is the only thing that works at once.
export function ConnectDialog({ network, onClose }: { network: Network; onClose: () => void }) {
  const queries = useQueryClient();
  const { connect } = network;
  const [form, setForm] = useState<Form>({});
  const set = (name: string) => (e: { target: { value: string } }) =>
    setForm((old) => ({ ...old, [name]: e.target.value }));
  const start = useMutation({
    mutationFn: (sandbox: boolean) =>
      ask(
        api.POST('/api/v1/accounts/connect', {
          body: sandbox
            ? { network: network.network, sandbox: true }
            : {
                network: network.network,
                ...(connect.needs_base && { base: form.base ?? '' }),
                ...(connect.by === 'token' && {
                  fields: Object.fromEntries(connect.fields.map((f) => [f.name, form[f.name] ?? ''])),
                }),
              },
        }),
      ),
    onSuccess: ({ url, account }) => {
      if (url) return location.assign(url);
      if (account) toastDone(t('connect.done', { name: account.name }));
      void queries.invalidateQueries({ queryKey: ['accounts'] });
      void queries.invalidateQueries({ queryKey: ['me'] });
      onClose();
    },
  });
  const problem = start.error instanceof Problem ? start.error : null;
  const wrong = (field: string) => problem?.fieldError(field);
  const atField = problem && ['base', ...connect.fields.map((f) => `fields.${f.name}`)].some((f) => wrong(f));
  const byToken = connect.by === 'token';
  return (
    <Dialog
      wide
      onClose={onClose}
      title={
        <span className="flex items-center gap-3">
          <NetworkMark network={network.network} size={30} />
          {t('connect.title', { network: network.label })}
        </span>
      }
    >
      <div className="grid gap-5">
        {connect.sandbox && (
          <div className="flex flex-wrap items-center gap-4 rounded-lg border border-[light-dark(#e2bd5a,#6d5718)] bg-[light-dark(#fff8e3,#2b220b)] p-4">
            <FlaskConical size={22} aria-hidden className="text-warn" />
            <div className="min-w-0 flex-1 basis-56 text-sm">
              <p className="flex items-center gap-2 font-semibold">
                {t('connect.sandboxTitle')} <SandboxMark />
              </p>
              <p className="text-ink-2">{t('connect.sandboxText', { network: network.label })}</p>
            </div>
            <Button
              look={connect.ready ? 'quiet' : 'primary'}
              busy={start.isPending && start.variables}
              onClick={() => start.mutate(true)}
            >
              {t('connect.sandboxUse')}
            </Button>
          </div>
        )}
        {!connect.ready && (
          <Note tone="info" title={t('connect.notReady', { network: network.label })}>
            {connect.missing}
          </Note>
        )}
        <section>
          <h3 className="text-sm font-semibold">{t('connect.needTitle')}</h3>
          <p className="mt-1 text-sm text-ink-2">
            <WithLinks text={connect.help} />
          </p>
        </section>
        <section>
          <h3 className="text-sm font-semibold">{t('connect.scopesTitle')}</h3>
          <p className="mt-1 text-sm text-ink-2">{t('connect.scopesText')}</p>
          <ul className="mt-2.5 grid gap-2">
            {connect.scopes.map((scope) => (
              <li key={scope.name} className="flex flex-wrap items-baseline gap-x-2.5 text-sm">
                <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-[12.5px]">{scope.name}</code>
                <span className="text-ink-2">{scope.why}</span>
              </li>
            ))}
          </ul>
        </section>
        <form
          className="grid gap-4"
          onSubmit={(e) => {
            e.preventDefault();
            start.mutate(false);
          }}
        >
          {connect.needs_base && (
            <TextField
              label={t('connect.base')}
              hint={t('connect.baseHint')}
              error={wrong('base')}
              value={form.base ?? ''}
              onChange={set('base')}
              placeholder="mastodon.example"
              autoComplete="off"
              spellCheck={false}
              required
            />
          )}
          {connect.fields.map((field) => {
            const Field = field.secret ? PasswordField : TextField;
            return (
              <Field
                key={field.name}
                label={field.label}
                optional={field.optional}
                hint={field.help}
                error={wrong(`fields.${field.name}`)}
                value={form[field.name] ?? ''}
                onChange={set(field.name)}
                placeholder={field.example}
                autoComplete="off"
                spellCheck={false}
                required={!field.optional}
              />
            );
          })}
          {start.error && !atField && <Trouble error={start.error} />}
          <div className="flex justify-end gap-2">
            <Button look="plain" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              look={connect.ready ? 'primary' : 'quiet'}
              disabled={!connect.ready}
              busy={start.isPending && start.variables === false}
              icon={byToken ? KeyRound : undefined}
            >
              {byToken ? t('connect.byToken') : t('connect.go', { network: network.label })}
              {!byToken && <ArrowRight size={16} aria-hidden />}
            </Button>
          </div>
        </form>
      </div>
    </Dialog>
  );
}

// Addresses in the server's help become links.
function WithLinks({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s,)]+[^\s,.)])/).map((piece, i) =>
    i % 2 ? (
      <a
        key={i}
        href={piece}
        target="_blank"
        rel="noreferrer"
        className="break-all text-accent underline underline-offset-2"
      >
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}
