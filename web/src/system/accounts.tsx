// Every account as the system sees it: whether it works, until when, and a button that asks the network.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, CircleCheck, PlugZap, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { PracticeMark } from '../accounts/practice_mark';
import { api, ask, type Account } from '../api/client';
import { accountsQuery, meQuery } from '../api/queries';
import { t, tx } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { cx } from '../kit/cx';
import { Ago, fullTime, relative, useNow } from '../kit/time';
import { toastError } from '../kit/toast';
import { NetworkMark } from '../networks/look';

const signs = {
  good: { icon: CircleCheck, ink: 'text-ok' },
  warning: { icon: TriangleAlert, ink: 'text-warn' },
  bad: { icon: CircleAlert, ink: 'text-bad' },
};
const order = ['bad', 'warning', 'good'];

type Result = { ok: boolean; text: string };

// Asks the networks one after the other; each answer is shown as it comes.
function useTests() {
  const queries = useQueryClient();
  const [results, setResults] = useState<Record<string, Result>>({});
  const [asking, setAsking] = useState<string | null>(null);
  const run = async (ids: string[]) => {
    for (const id of ids) {
      setAsking(id);
      try {
        const answer = await ask(api.POST('/api/v1/accounts/{id}/test', { params: { path: { id } } }));
        setResults((old) => ({ ...old, [id]: answer }));
      } catch (error) {
        toastError(error);
        break; // the same for all: no connection, or too many questions
      }
    }
    setAsking(null);
    void queries.invalidateQueries({ queryKey: ['accounts'] });
  };
  return { results, asking, run };
}

export function Accounts() {
  const accounts = useQuery(accountsQuery).data;
  const tests = useTests();
  const may = useQuery(meQuery).data?.permissions.includes('accounts.write') ?? false;
  if (!accounts) return null;
  const connected = accounts
    .filter((account) => account.hold !== 'disconnected')
    .sort(
      (a, b) =>
        order.indexOf(a.health.level) - order.indexOf(b.health.level) ||
        (a.expires ?? '9').localeCompare(b.expires ?? '9') ||
        a.name.localeCompare(b.name),
    );
  return (
    <section className="card overflow-hidden" aria-labelledby="accounts">
      <div className="flex flex-wrap items-start gap-4 p-5 pb-4">
        <div className="min-w-0 flex-1 basis-56">
          <h2 id="accounts" className="font-semibold">
            {t('system.accounts')}
          </h2>
          <p className="mt-1 text-sm text-ink-2">
            {connected.length > 0 ? t('system.accountsText') : t('system.accountsNone')}
          </p>
          {connected.length > 0 && !may && <p className="mt-1 text-[13px] text-ink-3">{t('system.testClosed')}</p>}
        </div>
        {may && connected.length > 1 && (
          <Button size="sm" busy={tests.asking !== null} onClick={() => void tests.run(connected.map(({ id }) => id))}>
            {t('system.testAll')}
          </Button>
        )}
      </div>
      {connected.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {connected.map((account) => (
            <Row
              key={account.id}
              account={account}
              may={may}
              result={tests.results[account.id]}
              busy={tests.asking === account.id}
              onTest={() => void (tests.asking === null && tests.run([account.id]))}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface RowProps {
  account: Account;
  may: boolean;
  result: Result | undefined;
  busy: boolean;
  onTest: () => void;
}

function Row({ account, may, result, busy, onTest }: RowProps) {
  const now = useNow();
  const { icon: Icon, ink } = signs[account.health.level];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5 text-sm sm:flex-nowrap" data-network={account.network}>
      <Icon size={18} aria-hidden className={cx('shrink-0', ink)} />
      <div className="min-w-0 flex-1 basis-56 sm:basis-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <NetworkMark network={account.network} size={16} />
          <span className="min-w-0 truncate">{account.name}</span>
          <PracticeMark of={account} />
        </p>
        <p className="text-ink-2">
          {account.health.text}
          {account.expires && (
            <span className="text-ink-3" title={fullTime(account.expires)}>
              {' '}
              {account.refreshable
                ? t('system.renews', { time: relative(account.expires, now) })
                : t('system.ends', { time: relative(account.expires, now) })}
            </span>
          )}
        </p>
        <p role="status" className={cx(result && (result.ok ? 'text-ok' : 'text-bad'))}>
          {result?.text}
        </p>
        {!result && account.checked && (
          <p className="text-[13px] text-ink-3">{tx('account.checked', { ago: <Ago at={account.checked} /> })}</p>
        )}
      </div>
      {account.health.action === 'reconnect' && may && (
        <Link to="/accounts" search={{ add: account.network }} className={buttonClass('primary', 'sm')}>
          <PlugZap size={14} aria-hidden />
          {t('account.reconnect')}
        </Link>
      )}
      {may && (
        <Button
          size="sm"
          busy={busy}
          onClick={onTest}
          aria-label={t('system.testNamed', { name: account.name, network: account.network })}
        >
          {t('account.test')}
        </Button>
      )}
    </li>
  );
}
