// A new person, or a new password for one: made here, shown once, handed over by whoever made it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { api, ask, Problem } from '../api/client';
import { t, tWord } from '../i18n';
import { Button } from '../kit/button';
import { cx, randomId } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { TextField } from '../kit/field';
import { Trouble } from '../kit/note';
import { roles } from './people';
import { nameOf, usersQuery, type Role, type User } from './read';
import { Secret } from './secret';

// Five groups of four: readable aloud, and nobody can guess it. No letters that look alike.
function freshPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const one = () => {
    for (;;) {
      const byte = crypto.getRandomValues(new Uint8Array(1))[0]!;
      if (byte < 256 - (256 % letters.length)) return letters[byte % letters.length]!;
    }
  };
  return Array.from({ length: 5 }, () => Array.from({ length: 4 }, one).join('')).join('-');
}

interface Handed {
  name: string;
  email: string;
  password: string;
}

export function InviteDialog({ workspace, onClose }: { workspace: string; onClose: () => void }) {
  const queries = useQueryClient();
  const [form, setForm] = useState({ email: '', name: '', role: 'editor' as Role });
  const [handed, setHanded] = useState<Handed | null>(null);
  const secret = useRef({ password: freshPassword(), key: randomId() });
  const add = useMutation({
    mutationFn: () => {
      const { password, key } = secret.current;
      const params = { header: { 'Idempotency-Key': key } };
      return ask(api.POST('/api/v1/users', { params, body: { ...form, password } }));
    },
    onSuccess: (user) => {
      setHanded({ name: nameOf(user), email: user.email, password: secret.current.password });
      void queries.invalidateQueries(usersQuery);
    },
    onError: () => (secret.current.key = randomId()),
  });
  if (handed) return <Handover title={t('invite.doneTitle', { name: handed.name })} handed={handed} onClose={onClose} />;
  const problem = add.error instanceof Problem ? add.error : null;
  const wrong = (field: string) => problem?.fieldError(field);
  return (
    <Dialog
      title={t('invite.title', { workspace })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" form="invite" busy={add.isPending}>
            {t('invite.action')}
          </Button>
        </>
      }
    >
      <form
        id="invite"
        className="grid gap-4.5"
        onSubmit={(e) => {
          e.preventDefault();
          add.mutate();
        }}
      >
        <TextField
          label={t('field.email')}
          type="email"
          required
          data-first
          autoComplete="off"
          error={wrong('email')}
          value={form.email}
          onChange={(e) => setForm({ ...form, email: e.target.value })}
        />
        <TextField
          label={t('invite.name')}
          optional
          autoComplete="off"
          error={wrong('name')}
          value={form.name}
          onChange={(e) => setForm({ ...form, name: e.target.value })}
        />
        <RoleChoice value={form.role} onChange={(role) => setForm({ ...form, role })} />
        {problem && !wrong('email') && !wrong('name') && <Trouble error={problem} />}
      </form>
    </Dialog>
  );
}

function RoleChoice({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const group = useId();
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('members.role')}</legend>
      {roles.map((role) => (
        <label
          key={role}
          className={cx(
            'flex items-start gap-3 rounded-lg border px-3.5 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-accent',
            role === value ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-raised',
          )}
        >
          <input
            type="radio"
            name={group}
            checked={role === value}
            onChange={() => onChange(role)}
            className="mt-1 accent-(--accent) outline-none"
          />
          <span className="text-sm">
            <span className="block font-medium">{tWord('role', role)}</span>
            <span className="text-ink-2">{t(`roleText.${role}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function NewPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const password = useRef(freshPassword());
  const set = useMutation({
    mutationFn: () =>
      ask(
        api.PATCH('/api/v1/users/{id}', { params: { path: { id: user.id } }, body: { password: password.current } }),
      ),
  });
  const name = nameOf(user);
  if (set.isSuccess)
    return (
      <Handover
        title={t('password.newTitle', { name })}
        handed={{ name, email: user.email, password: password.current }}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      title={t('password.askTitle', { name })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" data-first busy={set.isPending} onClick={() => set.mutate()}>
            {t('password.make')}
          </Button>
        </>
      }
    >
      <p className="text-ink-2">{t('password.askText')}</p>
      {set.error && (
        <div className="mt-4">
          <Trouble error={set.error} />
        </div>
      )}
    </Dialog>
  );
}

function Handover({ title, handed, onClose }: { title: string; handed: Handed; onClose: () => void }) {
  const { name, email, password } = handed;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      firm
      footer={
        <Button look="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <p className="mb-4 text-ink-2">{t('invite.hand', { name })}</p>
      <Secret
        rows={[
          [t('invite.address'), `${location.origin}/sign-in`],
          [t('field.email'), email],
          [t('invite.password'), password],
        ]}
      />
      <p className="mt-4 text-sm text-ink-2">{t('invite.once')}</p>
    </Dialog>
  );
}
