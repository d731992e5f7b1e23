import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, Problem, type Me } from '../api/client';
import { t, tWord } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Field, PasswordField, Select, TextField } from '../kit/field';
import { Trouble } from '../kit/note';
import { keysQuery, type Permission } from './read';
import { Secret } from './secret';

const lives = [30, 90, 365, 0] as const; // days; 0: for ever
const day = 86_400_000;

export function MakeKey({ me, onClose }: { me: Me; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [all, setAll] = useState(false);
  const [scopes, setScopes] = useState<Permission[]>(['posts.read', 'posts.write']);
  const [days, setDays] = useState(90);
  const [password, setPassword] = useState('');
  const make = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/keys', {
          body: {
            name,
            password,
            ...(!all && { scopes }),
            ...(days > 0 && { expires: new Date(Date.now() + days * day).toISOString() }),
          },
        }),
      ),
    onSuccess: () => void queries.invalidateQueries(keysQuery),
  });
  if (make.data) return <Made token={make.data.key} name={make.data.item.name} onClose={onClose} />;
  const problem = make.error instanceof Problem ? make.error : null;
  const wrong = (field: string) => problem?.fieldError(field);
  const atField = ['name', 'password', 'scopes'].some((field) => wrong(field));
  const nothing = !all && scopes.length === 0;
  return (
    <Dialog
      title={t('keys.makeTitle')}
      onClose={onClose}
      wide
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" form="make-key" busy={make.isPending} disabled={nothing}>
            {t('keys.make')}
          </Button>
        </>
      }
    >
      <form
        id="make-key"
        className="grid gap-5"
        onSubmit={(e) => {
          e.preventDefault();
          make.mutate();
        }}
      >
        <TextField
          label={t('keys.name')}
          hint={t('keys.nameHint')}
          required
          data-first
          maxLength={100}
          error={wrong('name')}
          value={name}
          onChange={(e) => setName(e.target.value)}
        />
        <Scopes mine={me.permissions} all={all} onAll={setAll} chosen={scopes} onChosen={setScopes} />
        {wrong('scopes') && <p className="text-[13px] font-medium text-bad">{wrong('scopes')}</p>}
        <Field label={t('keys.lives')} hint={t('keys.livesHint')}>
          {(ids) => (
            <Select
              {...ids}
              value={days}
              onChange={(e) => setDays(Number(e.target.value))}
              options={lives.map((n) => ({ value: String(n), label: n ? t('keys.days', { n }) : t('keys.forever') }))}
            />
          )}
        </Field>
        <PasswordField
          label={t('keys.password')}
          hint={t('keys.passwordHint')}
          autoComplete="current-password"
          required
          error={wrong('password')}
          value={password}
          onChange={(e) => setPassword(e.target.value)}
        />
        {problem && !atField && <Trouble error={problem} />}
      </form>
    </Dialog>
  );
}

interface ScopesProps {
  mine: Permission[];
  all: boolean;
  onAll: (all: boolean) => void;
  chosen: Permission[];
  onChosen: (scopes: Permission[]) => void;
}

function Scopes({ mine, all, onAll, chosen, onChosen }: ScopesProps) {
  const toggle = (scope: Permission) =>
    onChosen(chosen.includes(scope) ? chosen.filter((each) => each !== scope) : [...chosen, scope]);
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">{t('keys.scopes')}</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {mine.map((scope) => (
          <label
            key={scope}
            className={cx('flex items-start gap-2.5 rounded-md px-2 py-1.5 text-sm hover:bg-raised', all && 'opacity-60')}
          >
            <input
              type="checkbox"
              className="mt-1 accent-(--accent)"
              checked={all || chosen.includes(scope)}
              disabled={all}
              onChange={() => toggle(scope)}
            />
            {tWord('scope', scope)}
          </label>
        ))}
      </div>
      <label className="mt-2 flex items-start gap-2.5 rounded-md border-t border-line px-2 pt-3 pb-1 text-sm">
        <input
          type="checkbox"
          className="mt-1 accent-(--accent)"
          checked={all}
          onChange={(e) => onAll(e.target.checked)}
        />
        <span>
          {t('keys.all')}
          <span className="block text-[13px] text-ink-3">{t('keys.allHint')}</span>
        </span>
      </label>
    </fieldset>
  );
}

function Made({ token, name, onClose }: { token: string; name: string; onClose: () => void }) {
  return (
    <Dialog
      title={t('keys.madeTitle', { name })}
      onClose={onClose}
      firm
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <p className="mb-4 text-ink-2">{t('keys.madeText')}</p>
      <Secret rows={[[t('keys.key'), token]]} />
      <p className="mt-4 text-sm text-ink-2">{t('keys.use')}</p>
      <pre className="mt-2 overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-[13px]" tabIndex={0}>
        {`curl -H 'Authorization: Bearer …' ${location.origin}/api/v1/posts`}
      </pre>
    </Dialog>
  );
}
