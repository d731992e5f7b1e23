// The accounts beside the calendar: who there is, who needs a person, and the calendar of one of them in a click.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CalendarClock, CirclePause, CirclePlay, Copy, Ellipsis, PanelLeftClose, PanelLeftOpen, PenLine, PlugZap, Users } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Account } from '../api/client';
import { accountsQuery, meQuery } from '../api/queries';
import { t } from '../i18n';
import { IconButton } from '../kit/button';
import { cx } from '../kit/cx';
import { Menu, MenuItem, MenuLine } from '../kit/menu';
import { recall, remember } from '../kit/remembered';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import { useNetworkLabel } from '../networks/label';

const storageKey = 'carillon.accounts-column';

interface Props {
  chosen: string | undefined; // ids in the address, with commas
  onChoose: (account: string | undefined) => void;
}

export function AccountsColumn({ chosen, onChoose }: Props) {
  const [open, setOpen] = useState(recall(storageKey) !== 'closed');
  const nameOf = useNetworkLabel();
  const labelOf = (account: Account) => nameOf(account.network);
  const accounts = (useQuery(accountsQuery).data ?? [])
    .filter((a) => a.hold !== 'disconnected')
    .sort((a, b) => a.name.localeCompare(b.name) || labelOf(a).localeCompare(labelOf(b)));
  const ids = chosen?.split(',') ?? [];
  const turn = () => {
    setOpen(!open);
    remember(storageKey, open ? 'closed' : 'open');
  };
  if (!accounts.length) return null;
  return (
    <aside
      aria-label={t('column.title')}
      className={cx('hidden shrink-0 self-start border-r border-line pr-3 xl:block', open ? 'w-58' : 'w-13')}
    >
      <div className="mb-2 flex h-9.5 items-center justify-between pl-2">
        {open && <h2 className="text-[13px] font-semibold text-ink-2">{t('column.title')}</h2>}
        <IconButton
          icon={open ? PanelLeftClose : PanelLeftOpen}
          label={t(open ? 'column.hide' : 'column.show')}
          aria-expanded={open}
          onClick={turn}
          className={open ? undefined : '-ml-2'}
        />
      </div>
      <ul className="grid grid-cols-1 gap-0.5">
        {accounts.map((account) => (
          <Row
            key={account.id}
            account={account}
            label={labelOf(account)}
            open={open}
            chosen={ids.includes(account.id)}
            onChoose={() => onChoose(ids.length === 1 && ids[0] === account.id ? undefined : account.id)}
          />
        ))}
      </ul>
      {open && ids.length > 0 && (
        <button
          type="button"
          onClick={() => onChoose(undefined)}
          className="mt-2 flex h-8.5 w-full items-center gap-2 rounded-md px-2 text-sm font-medium text-accent hover:bg-sunken"
        >
          <Users size={15} aria-hidden />
          {t('column.all')}
        </button>
      )}
    </aside>
  );
}

interface RowProps {
  account: Account;
  label: string; // of its network
  open: boolean;
  chosen: boolean;
  onChoose: () => void;
}

function Row({ account, label, open, chosen, onChoose }: RowProps) {
  const broken = account.health.level === 'bad';
  const why = t('column.broken', { why: account.health.text });
  return (
    <li className={cx('group flex items-center rounded-[9px]', chosen ? 'bg-accent-soft' : 'hover:bg-sunken')}>
      <button
        type="button"
        aria-pressed={chosen}
        title={open ? undefined : `${account.name}, ${label}`}
        onClick={onChoose}
        className="flex h-11 min-w-0 flex-1 items-center gap-2.5 rounded-[9px] px-1.5 text-left text-sm focus-inset"
      >
        <span className="relative">
          <Avatar
            name={account.name}
            url={account.avatar_url}
            network={account.network}
            size={32}
            className={account.hold === 'disabled' ? 'opacity-50 grayscale' : undefined}
          />
          {broken && <span className="absolute -top-0.5 -left-0.5 size-3 rounded-full border-2 border-surface bg-bad-fill" />}
        </span>
        <span className={cx('min-w-0 leading-tight', !open && 'sr-only')}>
          <span className={cx('block truncate font-medium', chosen && 'text-accent')}>
            <span className="sr-only">{t('column.only', { name: '' })}</span>
            {account.name}
          </span>
          <span className="block truncate text-xs text-ink-3">{label}</span>
          {broken && <span className="sr-only">, {why}</span>}
        </span>
      </button>
      {open && <RowMenu account={account} />}
    </li>
  );
}

function RowMenu({ account }: { account: Account }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const may = useQuery(meQuery).data?.permissions ?? [];
  const act = (what: 'hold' | 'release') =>
    ask(api.POST(`/api/v1/accounts/{id}/${what}`, { params: { path: { id: account.id } } }))
      .then(() => toastDone(t(`account.${what}Done`, { name: account.name })))
      .catch(toastError)
      .finally(() => void queries.invalidateQueries({ queryKey: ['accounts'] }));
  const copy = () =>
    navigator.clipboard
      .writeText(account.id)
      .then(() => toastDone(t('column.copied')))
      .catch(toastError);
  return (
    <Menu
      align="start"
      trigger={
        <IconButton
          icon={Ellipsis}
          label={t('account.menu', { name: account.name })}
          className="mr-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100"
        />
      }
    >
      {may.includes('posts.write') && (
        <MenuItem icon={PenLine} onSelect={() => void navigate({ to: '/compose', search: { accounts: account.id } })}>
          {t('column.compose', { name: account.name })}
        </MenuItem>
      )}
      <MenuItem icon={CalendarClock} onSelect={() => void navigate({ to: '/queue', search: { account: account.id } })}>
        {t('column.slots')}
      </MenuItem>
      <MenuItem icon={Copy} onSelect={() => void copy()}>
        {t('column.copyId')}
      </MenuItem>
      {may.includes('accounts.write') && (
        <>
          <MenuLine />
          <MenuItem icon={PlugZap} onSelect={() => void navigate({ to: '/accounts', search: { add: account.network } })}>
            {t('account.reconnect')}
          </MenuItem>
          {account.hold === 'disabled' && (
            <MenuItem icon={CirclePlay} onSelect={() => void act('release')}>
              {t('account.release')}
            </MenuItem>
          )}
          {account.hold === 'none' && (
            <MenuItem icon={CirclePause} note={t('account.holdNote')} onSelect={() => void act('hold')}>
              {t('account.hold')}
            </MenuItem>
          )}
          <MenuItem icon={Users} onSelect={() => void navigate({ to: '/accounts' })}>
            {t('column.open')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
