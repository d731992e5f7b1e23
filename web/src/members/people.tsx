import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleOff, Ellipsis, KeyRound, UserPlus, UserRoundCheck } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Me } from '../api/client';
import { t, tWord, tx } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { Chip } from '../kit/chip';
import { cx } from '../kit/cx';
import { Confirm } from '../kit/dialog';
import { Waiting } from '../kit/empty';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../kit/menu';
import { Trouble } from '../kit/note';
import { At } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import { InviteDialog, NewPassword } from './invite';
import { nameOf, usersQuery, type Role, type User } from './read';
import { Workspace } from './workspace';

export const roles: Role[] = ['owner', 'editor', 'viewer'];
const rank = (role: Role) => roles.indexOf(role);

export function People({ me }: { me: Me }) {
  const users = useQuery(usersQuery);
  const [inviting, setInviting] = useState(false);
  const sorted = [...(users.data ?? [])].sort(
    (a, b) => Number(a.disabled) - Number(b.disabled) || rank(a.role) - rank(b.role) || nameOf(a).localeCompare(nameOf(b)),
  );
  return (
    <section aria-label={t('members.people')}>
      <Workspace me={me} />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm text-ink-2">{users.data && t('members.count', { n: users.data.length })}</p>
        <Button look="primary" icon={UserPlus} onClick={() => setInviting(true)}>
          {t('members.invite')}
        </Button>
      </div>
      {users.isPending && <Waiting rows={3} height="h-18" label={t('loading')} />}
      {users.error && <Trouble error={users.error} />}
      {users.data && (
        <ul className="card divide-y divide-line">
          {sorted.map((user) => (
            <Person key={user.id} user={user} self={user.id === me.user.id} />
          ))}
        </ul>
      )}
      {users.data?.length === 1 && <p className="mt-4 max-w-2xl text-sm text-ink-2">{t('members.alone')}</p>}
      {inviting && <InviteDialog workspace={me.workspace.name} onClose={() => setInviting(false)} />}
    </section>
  );
}

function usePerson(user: User) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { role?: Role; disabled?: boolean; approves?: boolean }) =>
      ask(api.PATCH('/api/v1/users/{id}', { params: { path: { id: user.id } }, body })),
    onSuccess: (now, body) => {
      const name = nameOf(now);
      if (body.role) toastDone(t('members.roleDone', { name, role: tWord('role', now.role) }));
      else if (body.approves !== undefined)
        toastDone(t(now.approves ? 'approval.rightDone' : 'approval.rightGone', { name }));
      else toastDone(t(now.disabled ? 'members.disabledDone' : 'members.enabledDone', { name }));
    },
    onError: toastError,
    onSettled: () => void queries.invalidateQueries(usersQuery),
  });
}

function Person({ user, self }: { user: User; self: boolean }) {
  const change = usePerson(user);
  const [asking, setAsking] = useState<'disable' | 'password' | null>(null);
  const name = nameOf(user);
  return (
    <li className="flex items-center gap-4 px-4 py-3.5 sm:px-5" data-person={user.email}>
      <Avatar name={name} size={42} className={cx(user.disabled && 'grayscale')} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="max-w-full truncate font-semibold">{name}</span>
          {self && <span className="text-[13px] text-ink-3">{t('members.self')}</span>}
          {user.approves && user.role === 'editor' && (
            <Chip icon={UserRoundCheck}>{t('approval.right')}</Chip>
          )}
          {user.disabled && (
            <Chip icon={CircleOff} tone="bad">
              {t('members.disabled')}
            </Chip>
          )}
        </p>
        {user.name && <p className="truncate text-sm text-ink-3">{user.email}</p>}
      </div>
      <span className="hidden text-[13px] text-ink-3 md:block">
        {tx('members.since', { time: <At at={user.created} /> })}
      </span>
      <Chip tone={user.role === 'owner' ? 'accent' : 'plain'} className="min-w-16 justify-center">
        {tWord('role', user.role)}
      </Chip>
      {self ? (
        <span className="-mr-2 w-9" />
      ) : (
        <Menu trigger={<IconButton icon={Ellipsis} label={t('members.menu', { name })} className="-mr-2" />}>
          <MenuLabel>{t('members.role')}</MenuLabel>
          {roles.map((role) => (
            <MenuItem
              key={role}
              checked={role === user.role}
              note={t(`roleText.${role}`)}
              onSelect={() => role !== user.role && change.mutate({ role })}
            >
              {tWord('role', role)}
            </MenuItem>
          ))}
          <MenuLine />
          {user.role === 'editor' && (
            <MenuItem
              checked={user.approves}
              note={t('approval.rightNote')}
              onSelect={() => change.mutate({ approves: !user.approves })}
            >
              {t('approval.right')}
            </MenuItem>
          )}
          <MenuItem icon={KeyRound} note={t('members.passwordNote')} onSelect={() => setAsking('password')}>
            {t('members.password')}
          </MenuItem>
          {user.disabled ? (
            <MenuItem icon={CircleCheck} onSelect={() => change.mutate({ disabled: false })}>
              {t('members.enable')}
            </MenuItem>
          ) : (
            <MenuItem icon={CircleOff} danger onSelect={() => setAsking('disable')}>
              {t('members.disable')}
            </MenuItem>
          )}
        </Menu>
      )}
      {asking === 'disable' && (
        <Confirm
          title={t('members.disableTitle', { name })}
          action={t('members.disable')}
          danger
          busy={change.isPending}
          onClose={() => setAsking(null)}
          onConfirm={() => change.mutate({ disabled: true }, { onSettled: () => setAsking(null) })}
        >
          <p>{t('members.disableText')}</p>
        </Confirm>
      )}
      {asking === 'password' && <NewPassword user={user} onClose={() => setAsking(null)} />}
    </li>
  );
}
