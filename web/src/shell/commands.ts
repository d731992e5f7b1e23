// What can be done from anywhere: read by the command palette.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CirclePlus, Keyboard, Languages, Monitor, Moon, PenLine, Sun, Table2, type LucideIcon } from 'lucide-react';
import { accountsQuery, meQuery } from '../api/queries';
import { chooseLanguage, languages, t } from '../i18n';
import { chooseLook } from './look';
import { places } from './places';

export interface Command {
  id: string;
  text: string;
  icon?: LucideIcon;
  face?: { name: string; network: string }; // an account, instead of an icon
  note?: string;
  keys?: string[];
  run: () => void;
}

const looks = [
  { choice: 'light', icon: Sun },
  { choice: 'dark', icon: Moon },
  { choice: 'system', icon: Monitor },
] as const;

export function useCommands(showSheet: () => void): Command[] {
  const navigate = useNavigate();
  const may = useQuery(meQuery).data?.permissions ?? [];
  const accounts = useQuery({ ...accountsQuery, enabled: may.includes('accounts.read') }).data ?? [];
  const go = (to: string) => () => void navigate({ to });
  return [
    ...(may.includes('posts.write')
      ? [
          { id: 'compose', text: t('nav.compose'), icon: PenLine, keys: ['C'], run: go('/compose') },
          { id: 'import', text: t('command.import'), icon: Table2, run: go('/import') },
        ]
      : []),
    ...places.map(({ to, icon, label, key }) => ({
      id: to,
      text: t('command.go', { place: t(label) }),
      icon,
      keys: ['G', key.toUpperCase()],
      run: go(to),
    })),
    ...(may.includes('accounts.write')
      ? [{ id: 'connect', text: t('command.connect'), icon: CirclePlus, run: go('/accounts') }]
      : []),
    ...accounts
      .filter((a) => a.hold === 'none' && may.includes('posts.write'))
      .map((a) => ({
        id: `for ${a.id}`,
        text: t('command.postAs', { name: a.name }),
        face: { name: a.name, network: a.network },
        note: a.handle !== a.name ? a.handle : undefined,
        run: () => void navigate({ to: '/compose', search: { accounts: a.id } }),
      })),
    ...looks.map(({ choice, icon }) => ({
      id: `look ${choice}`,
      text: `${t('look.title')}: ${t(`look.${choice}`)}`,
      icon,
      run: () => chooseLook(choice),
    })),
    ...languages.map(({ code, name }) => ({
      id: `language ${code}`,
      text: `${t('language.title')}: ${name}`,
      icon: Languages,
      run: () => chooseLanguage(code),
    })),
    { id: 'keys', text: t('keys.sheet'), icon: Keyboard, keys: ['?'], run: showSheet },
  ];
}

// Every word must begin a word of the text somewhere; what begins with them comes first.
export function matching(commands: Command[], typed: string): Command[] {
  const plain = (text: string) => text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const fits = commands.filter((command) => {
    const parts = plain(`${command.text} ${command.note ?? ''} ${command.face?.network ?? ''}`).split(/[\s:@._-]+/);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const first = (command: Command) => (plain(command.text).startsWith(words[0] ?? '') ? 0 : 1);
  return fits.sort((a, b) => first(a) - first(b));
}
