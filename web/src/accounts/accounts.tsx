import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Account, Network } from '../api/client';
import { accountsQuery, meQuery, networksQuery } from '../api/queries';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { NetworkMark } from '../networks/look';
import { Screen, ScreenHead } from '../shell/shell';
import { AccountCard } from './card';
import { ConnectDialog } from './connect';
import { ConnectEnded } from './ended';
import { Practice } from './practice';

export function AccountsScreen() {
  const search = useSearch({ from: '/inside/accounts' });
  const navigate = useNavigate();
  const accounts = useQuery(accountsQuery);
  const networks = useQuery(networksQuery);
  const [adding, setAdding] = useState<Network | null>(null);
  const error = accounts.error ?? networks.error;
  const connected = accounts.data?.filter((a) => a.hold !== 'disconnected') ?? [];
  const mayConnect = useQuery(meQuery).data?.permissions.includes('accounts.write') ?? false;
  const real = connected.some((a) => !a.sandbox);
  const asked = networks.data?.find((n) => n.network === search.add);
  const dialog = adding ?? asked ?? null;
  const close = () => {
    setAdding(null);
    if (search.add) void navigate({ to: '/accounts', search: {}, replace: true });
  };
  return (
    <Screen>
      <ScreenHead title={t('accounts.title')} lead={t('accounts.lead')} />
      {error && <Trouble error={error} />}
      {(accounts.isPending || networks.isPending) && !error && <Waiting rows={3} label={t('loading')} />}
      {accounts.data && networks.data && (
        <div className="grid grid-cols-1 gap-9">
          {mayConnect && !real && <Practice networks={networks.data} accounts={connected} />}
          {connected.length > 0 && (
            <ul className="grid grid-cols-1 gap-4 md:grid-cols-2">
              {connected.map((account) => (
                <AccountCard
                  key={account.id}
                  account={account}
                  network={networks.data.find((n) => n.network === account.network)}
                  onReconnect={setAdding}
                />
              ))}
            </ul>
          )}
          <Offer networks={networks.data} accounts={connected} onChoose={setAdding} first={connected.length === 0} />
        </div>
      )}
      {dialog && <ConnectDialog network={dialog} onClose={close} />}
      {search.connect && (
        <ConnectEnded
          key={search.connect}
          ticket={search.connect}
          networks={networks.data ?? []}
          onClose={() => void navigate({ to: '/accounts', search: {}, replace: true })}
          onAgain={(network) => {
            void navigate({ to: '/accounts', search: {}, replace: true });
            setAdding(network);
          }}
        />
      )}
    </Screen>
  );
}

// Every network that can be connected, with what is ready for it.
function Offer({
  networks,
  accounts,
  onChoose,
  first,
}: {
  networks: Network[];
  accounts: Account[];
  onChoose: (network: Network) => void;
  first: boolean;
}) {
  return (
    <section aria-labelledby="offer">
      <h2 id="offer" className="mb-1 text-lg font-semibold">
        {first ? t('accounts.firstTitle') : t('accounts.addTitle')}
      </h2>
      <p className="mb-4 max-w-2xl text-ink-2">
        {networks.some((n) => n.connect.sandbox) ? t('accounts.addSandbox') : t('accounts.addText')}
      </p>
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {networks.map((network) => {
          const n = accounts.filter((a) => a.network === network.network).length;
          return (
            <li key={network.network} className="card flex items-center gap-3.5 p-4">
              <NetworkMark network={network.network} size={38} />
              <div className="min-w-0 flex-1">
                <p className="font-semibold">{network.label}</p>
                <p className="flex items-center gap-1.5 text-[13px] text-ink-3">
                  {n > 0 ? (
                    <>
                      <Check size={14} aria-hidden className="text-ok" />
                      {t('accounts.count', { n })}
                    </>
                  ) : network.connect.ready ? (
                    t('accounts.ready')
                  ) : network.connect.sandbox ? (
                    t('accounts.practiceReady')
                  ) : (
                    t('accounts.notReady')
                  )}
                </p>
              </div>
              <Button
                icon={Plus}
                look={first || n === 0 ? 'soft' : 'quiet'}
                onClick={() => onChoose(network)}
                aria-label={t('accounts.connect', { network: network.label })}
              >
                {t('accounts.connectShort')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
