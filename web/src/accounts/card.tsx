import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  CirclePlay,
  Clock,
  Ellipsis,
  PenLine,
  PlugZap,
  RefreshCw,
  TriangleAlert,
  Unplug,
} from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Account, type Network } from '../api/client';
import { t, tx } from '../i18n';
import { Button, buttonClass, IconButton } from '../kit/button';
import { SandboxMark } from '../kit/chip';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Field } from '../kit/field';
import { Menu, MenuItem, MenuLine } from '../kit/menu';
import { Trouble } from '../kit/note';
import { Ago } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { isZone, ZoneInput } from '../kit/zone_input';
import { Avatar } from '../networks/avatar';
import { Budget } from './budget';
import { Disconnect } from './disconnect';

const signs = {
  good: { icon: CircleCheck, ink: 'text-ok' },
  warning: { icon: TriangleAlert, ink: 'text-warn' },
  bad: { icon: CircleAlert, ink: 'text-bad' },
};

interface Props {
  account: Account;
  network: Network | undefined;
  onReconnect: (network: Network) => void;
}

export function AccountCard({ account, network, onReconnect }: Props) {
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<'disconnect' | 'zone' | null>(null);
  const path = { path: { id: account.id } };
  const reread = () => {
    void queries.invalidateQueries({ queryKey: ['accounts'] });
    void queries.invalidateQueries({ queryKey: ['me'] });
  };
  const test = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/accounts/{id}/test', { params: path })),
    onError: toastError,
    onSettled: reread,
  });
  const act = useMutation({
    mutationFn: (what: 'refresh' | 'release' | 'hold') =>
      ask(
        what === 'refresh'
          ? api.POST('/api/v1/accounts/{id}/refresh', { params: path })
          : what === 'release'
            ? api.POST('/api/v1/accounts/{id}/release', { params: path })
            : api.POST('/api/v1/accounts/{id}/hold', { params: path }),
      ),
    onSuccess: (_, what) => toastDone(t(`account.${what}Done`, { name: account.name })),
    onError: toastError,
    onSettled: reread,
  });
  const { level, text, action } = account.health;
  const { icon: Icon, ink } = signs[level];
  const fix = () =>
    action === 'reconnect'
      ? network && onReconnect(network)
      : (action === 'refresh' || action === 'release') && act.mutate(action);
  const disabled = account.hold === 'disabled';
  return (
    <li className={cx('card flex flex-col p-5', level === 'bad' && 'border-bad-line')} data-network={account.network}>
      <div className="flex items-start gap-3.5">
        <Avatar
          name={account.name}
          url={account.avatar_url}
          network={account.network}
          size={52}
          className={cx(disabled && 'opacity-50 grayscale')}
        />
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="max-w-full truncate text-base font-semibold">{account.name}</span>
            {account.sandbox && <SandboxMark />}
          </p>
          <p className="truncate text-sm text-ink-3">
            {[network?.label ?? account.network, account.handle !== account.name && account.handle]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <Menu
          trigger={
            <IconButton icon={Ellipsis} label={t('account.menu', { name: account.name })} className="-mt-1 -mr-2" />
          }
        >
          {network && (
            <MenuItem icon={PlugZap} onSelect={() => onReconnect(network)}>
              {t('account.reconnect')}
            </MenuItem>
          )}
          {account.refreshable && (
            <MenuItem icon={RefreshCw} note={t('account.refreshNote')} onSelect={() => act.mutate('refresh')}>
              {t('account.refresh')}
            </MenuItem>
          )}
          <MenuItem icon={Clock} onSelect={() => setDialog('zone')}>
            {t('account.zone')}
          </MenuItem>
          {disabled ? (
            <MenuItem icon={CirclePlay} onSelect={() => act.mutate('release')}>
              {t('account.release')}
            </MenuItem>
          ) : (
            account.hold === 'none' && (
              <MenuItem icon={CirclePause} note={t('account.holdNote')} onSelect={() => act.mutate('hold')}>
                {t('account.hold')}
              </MenuItem>
            )
          )}
          <MenuLine />
          <MenuItem icon={Unplug} danger onSelect={() => setDialog('disconnect')}>
            {t('account.disconnect')}
          </MenuItem>
        </Menu>
      </div>
      <div className="mt-4 flex flex-1 items-start gap-2.5 text-sm">
        <Icon size={17} aria-hidden className={cx('mt-0.5 shrink-0', ink)} />
        <div className="min-w-0">
          <p className={cx(level !== 'good' && 'font-medium')}>{text}</p>
          {account.hold !== 'none' && account.hold_text && account.hold_text !== text && (
            <p className="text-ink-2">{account.hold_text}</p>
          )}
          {account.zone && <p className="text-ink-3">{t('account.inZone', { zone: account.zone })}</p>}
          {test.data ? (
            <p role="status" className={cx('mt-1', test.data.ok ? 'text-ok' : 'text-bad')}>
              {test.data.text}
            </p>
          ) : (
            account.checked && (
              <p className="text-ink-3">{tx('account.checked', { ago: <Ago at={account.checked} /> })}</p>
            )
          )}
        </div>
      </div>
      {account.hold === 'none' && <Budget account={account} />}
      <div className="mt-4 flex flex-wrap gap-2">
        {action && (action === 'reconnect' || action === 'refresh' || action === 'release') && (
          <Button size="sm" look="primary" busy={act.isPending} onClick={fix}>
            {t(`account.${action}`)}
          </Button>
        )}
        <Link to="/compose" search={{ accounts: account.id }} className={buttonClass('quiet', 'sm')}>
          <PenLine size={14} aria-hidden />
          {t('account.compose')}
        </Link>
        <Button size="sm" look="plain" busy={test.isPending} onClick={() => test.mutate()}>
          {t('account.test')}
        </Button>
      </div>
      {dialog === 'disconnect' && <Disconnect account={account} network={network} onClose={() => setDialog(null)} />}
      {dialog === 'zone' && <ZoneDialog account={account} onClose={() => setDialog(null)} onSaved={reread} />}
    </li>
  );
}

function ZoneDialog({ account, onClose, onSaved }: { account: Account; onClose: () => void; onSaved: () => void }) {
  const [zone, setZone] = useState(account.zone);
  const save = useMutation({
    mutationFn: () => ask(api.PATCH('/api/v1/accounts/{id}', { params: { path: { id: account.id } }, body: { zone } })),
    onSuccess: () => {
      onSaved();
      onClose();
    },
  });
  return (
    <Dialog
      title={t('account.zoneTitle', { name: account.name })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            look="primary"
            busy={save.isPending}
            disabled={zone !== '' && !isZone(zone)}
            onClick={() => save.mutate()}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <Field label={t('when.zone')} hint={t('account.zoneHint')}>
        {(ids) => <ZoneInput {...ids} value={zone} onChange={setZone} />}
      </Field>
      {save.error && (
        <div className="mt-4">
          <Trouble error={save.error} />
        </div>
      )}
    </Dialog>
  );
}
