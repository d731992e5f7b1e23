import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, LogOut, Monitor, Moon, ShieldOff, Sun, UserRound } from 'lucide-react';
import { api, ask } from '../api/client';
import { meQuery } from '../api/queries';
import { chooseLanguage, languages, t, tWord, useLanguage } from '../i18n';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../kit/menu';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import { chooseLook, useLook, type LookChoice } from './look';

const looks: { choice: LookChoice; icon: typeof Sun }[] = [
  { choice: 'system', icon: Monitor },
  { choice: 'light', icon: Sun },
  { choice: 'dark', icon: Moon },
];

export function PersonMenu({ small }: { small?: boolean }) {
  const me = useQuery(meQuery).data;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const language = useLanguage();
  const look = useLook();
  const signOut = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/session')),
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      queries.clear();
    },
    onError: toastError,
  });
  const others = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/session/others')),
    onSuccess: () => toastDone(t('person.othersDone')),
    onError: toastError,
  });
  if (!me) return null;
  const name = me.user.name || me.user.email;
  const trigger = small ? (
    <button type="button" className="rounded-full">
      <span className="sr-only">{t('person.menu', { name })}</span>
      <Avatar name={name} size={32} />
    </button>
  ) : (
    <button
      type="button"
      className="flex w-full items-center gap-2.5 rounded-[10px] p-1.5 text-left transition-colors hover:bg-sunken"
    >
      <Avatar name={name} size={34} />
      <span className="min-w-0 flex-1 leading-tight">
        <span className="sr-only">{t('person.label')}</span>
        <span className="block truncate text-sm font-medium">{name}</span>
        <span className="block truncate text-[12.5px] text-ink-3">{me.workspace.name}</span>
      </span>
      <ChevronsUpDown size={15} aria-hidden className="mr-1 text-ink-3" />
    </button>
  );
  return (
    <Menu trigger={trigger} align={small ? 'end' : 'start'} side={small ? 'bottom' : 'top'}>
      <div className="px-2.5 pt-1.5 pb-2 text-sm">
        <p className="font-medium">{me.workspace.name}</p>
        <p className="text-ink-3">
          {me.user.email} · {tWord('role', me.user.role)}
        </p>
      </div>
      <MenuLine />
      <MenuLabel>{t('look.title')}</MenuLabel>
      {looks.map(({ choice, icon }) => (
        <MenuItem key={choice} icon={icon} checked={look === choice} onSelect={() => chooseLook(choice)}>
          {t(`look.${choice}`)}
        </MenuItem>
      ))}
      <MenuLabel>{t('language.title')}</MenuLabel>
      {languages.map(({ code, name: own }) => (
        <MenuItem key={code} checked={language === code} onSelect={() => chooseLanguage(code)}>
          <span lang={code}>{own}</span>
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={UserRound} onSelect={() => void navigate({ to: '/members', search: { tab: 'you' } })}>
        {t('person.you')}
      </MenuItem>
      <MenuItem icon={ShieldOff} onSelect={() => others.mutate()}>
        {t('person.others')}
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={() => signOut.mutate()}>
        {t('person.signOut')}
      </MenuItem>
      <p className="px-2.5 pt-2 pb-1 text-xs text-ink-3">{t('person.version', { version: me.version })}</p>
    </Menu>
  );
}
