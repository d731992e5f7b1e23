import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { PracticeMark } from '../accounts/practice_mark';
import type { Account, Network } from '../api/client';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import { ringOf } from '../networks/look';

interface Props {
  accounts: Account[];
  networks: Network[];
  chosen: string[];
  onToggle: (account: string) => void;
}

// Who speaks: faces in a row. Chosen ones wear their network's ring.
export function Targets({ accounts, networks, chosen, onToggle }: Props) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2.5 text-sm font-medium">{t('compose.accounts')}</legend>
      <div className="relative flex gap-x-1 gap-y-2 max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:pb-1.5 sm:flex-wrap">
        {accounts.map((account) => {
          const on = chosen.includes(account.id);
          const network = networks.find((n) => n.network === account.network)?.label ?? account.network;
          return (
            <button
              key={account.id}
              type="button"
              aria-pressed={on}
              onClick={() => onToggle(account.id)}
              className="group grid w-20 shrink-0 content-start sm:w-24 justify-items-center gap-1.5 rounded-lg px-1 py-1.5 text-center transition-colors hover:bg-sunken"
            >
              <span className="sr-only">{t('compose.account', { network })}</span>
              <span
                className={cx(
                  'rounded-full p-[3px] ring-offset-0 transition-all',
                  on ? cx('ring-[2.5px]', ringOf(account.network)) : 'ring-[1.5px] ring-line grayscale',
                )}
              >
                <Avatar name={account.name} url={account.avatar_url} network={account.network} size={44} />
              </span>
              <span
                className={cx(
                  'line-clamp-2 w-full text-[12px] leading-tight text-balance wrap-anywhere',
                  on ? 'font-medium text-ink' : 'text-ink-3',
                )}
              >
                {account.name}
              </span>
              <span aria-hidden className="-mt-1 w-full truncate text-[11.5px] leading-tight text-ink-3">
                {network}
              </span>
              <PracticeMark of={account} className="-mt-0.5" />
              {account.health.level === 'bad' && (
                <span className="-mt-0.5 text-[11px] font-medium text-bad">{t('compose.needsCare')}</span>
              )}
            </button>
          );
        })}
        <Link
          to="/accounts"
          className="group grid w-20 shrink-0 content-start sm:w-24 justify-items-center gap-1.5 rounded-lg px-1 py-1.5 text-center text-ink-3 hover:bg-sunken hover:text-ink"
        >
          <span className="grid size-12.5 place-items-center rounded-full border-[1.5px] border-dashed border-control">
            <Plus size={18} aria-hidden />
          </span>
          <span className="text-[12px] leading-tight">{t('compose.connect')}</span>
        </Link>
      </div>
    </fieldset>
  );
}
