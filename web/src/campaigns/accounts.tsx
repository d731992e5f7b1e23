// Who may speak for a campaign: enabled with one click, or why not; with what each has sent and may still send.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, CircleCheck, TriangleAlert } from 'lucide-react';
import { PracticeMark } from '../accounts/practice_mark';
import { Budget } from '../accounts/budget';
import { api, ask, type Account } from '../api/client';
import { accountsQuery } from '../api/queries';
import { number, t } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { toastDone, toastError } from '../kit/toast';
import { Avatar } from '../networks/avatar';
import type { CampaignAccount, CampaignView } from './read';

export function Accounts({ view }: { view: CampaignView }) {
  const budgets = useQuery(accountsQuery).data ?? [];
  const sorted = [...view.accounts].sort((a, b) => Number(b.enabled) - Number(a.enabled));
  return (
    <section className="card" aria-labelledby="campaign-accounts">
      <div className="px-4 pt-4 pb-3 sm:px-5">
        <h2 id="campaign-accounts" className="font-semibold">
          {t('campaign.accounts')}
        </h2>
        <p className="text-[13px] text-ink-3">{t('campaign.accountsText')}</p>
      </div>
      {sorted.length === 0 && (
        <p className="px-4 pb-4 text-sm sm:px-5">
          <Link to="/accounts" className="font-medium text-accent underline">
            {t('campaign.noAccounts')}
          </Link>
        </p>
      )}
      <ul className="divide-y divide-line border-t border-line">
        {sorted.map((line) => (
          <Line
            key={line.account}
            campaign={view.id}
            line={line}
            account={budgets.find((account) => account.id === line.account)}
          />
        ))}
      </ul>
    </section>
  );
}

function useEnabling(campaign: string, line: CampaignAccount) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (enable: boolean) => {
      const call = { params: { path: { id: campaign } }, body: { account: line.account } };
      return ask(
        enable
          ? api.POST('/api/v1/campaigns/{id}/enable', call)
          : api.POST('/api/v1/campaigns/{id}/disable', call),
      );
    },
    onSuccess: (now, enable) => {
      queries.setQueryData(['campaign', campaign], now);
      void queries.invalidateQueries({ queryKey: ['check'] });
      toastDone(enable ? t('campaign.enabled', { name: line.name }) : t('campaign.disabled', { name: line.name }));
    },
    onError: toastError,
  });
}

function Line({ campaign, line, account }: { campaign: string; line: CampaignAccount; account?: Account }) {
  const change = useEnabling(campaign, line);
  const told = (['waiting', 'in_flight', 'uncertain', 'delivered', 'failed'] as const).filter((s) => line.deliveries[s] > 0);
  return (
    <li className="px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Avatar name={line.name} network={line.network} size={34} />
        <div className="min-w-0 flex-1 basis-40">
          <p className="flex items-center gap-2 font-medium">
            <span className="truncate">{line.name}</span>
            <PracticeMark of={line} />
          </p>
          <p className="nums flex flex-wrap gap-x-3 text-[13px] text-ink-3">
            <span className="truncate">{line.handle}</span>
            {told.map((state) => (
              <span key={state} className={state === 'failed' ? 'text-bad' : undefined}>
                {number(line.deliveries[state])} {t(`deliveryState.${state}`)}
              </span>
            ))}
          </p>
        </div>
        {line.enabled ? (
          <>
            <span className="inline-flex items-center gap-1.5 text-[13px] font-medium text-ok">
              <CircleCheck size={15} aria-hidden />
              {t('campaign.isEnabled')}
            </span>
            <Button
              size="sm"
              look="plain"
              busy={change.isPending}
              aria-label={t('campaign.disableNamed', { name: line.name })}
              onClick={() => change.mutate(false)}
            >
              {t('campaign.disable')}
            </Button>
          </>
        ) : (
          !line.hindrance && (
            <Button
              size="sm"
              busy={change.isPending}
              aria-label={t('campaign.enableNamed', { name: line.name })}
              onClick={() => change.mutate(true)}
            >
              {t('campaign.enable')}
            </Button>
          )
        )}
      </div>
      {line.hindrance && <Why line={line} />}
      {line.enabled && account?.lanes && (
        <details className="group mt-1.5">
          <summary className="inline-flex h-7 items-center gap-1.5 rounded-md text-[13px] text-ink-3 hover:text-ink">
            <ChevronDown size={14} aria-hidden className="transition-transform group-open:rotate-180" />
            {t('campaign.budgets')}
            <span className="sr-only">: {line.name}</span>
          </summary>
          <Budget account={account} />
        </details>
      )}
    </li>
  );
}

function Why({ line }: { line: CampaignAccount }) {
  const why = line.hindrance!;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-[13px]">
      <TriangleAlert size={15} aria-hidden className="shrink-0 text-warn" />
      <span className="min-w-0 flex-1 basis-48">
        {!line.enabled && <span className="sr-only">{t('campaign.cannot')}: </span>}
        {why.text} <span className="text-ink-2">{why.fix}</span>
      </span>
      {why.action && (
        <Link to="/accounts" className={buttonClass('quiet', 'sm')}>
          {t(why.action === 'reconnect' ? 'fix.reconnect' : 'fix.release')}
        </Link>
      )}
    </p>
  );
}
