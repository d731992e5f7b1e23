// The links of a post: their marks, and where each network puts them.
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Link2 } from 'lucide-react';
import type { Dispatch } from 'react';
import type { Account, CheckReport, Network } from '../api/client';
import { t } from '../i18n';
import { Field, Select, TextField } from '../kit/field';
import { Avatar } from '../networks/avatar';
import { Check } from '../toolbox/links';
import { planningQuery, type LinkPlace } from '../toolbox/read';
import { contentAt, type Change, type Draft } from './draft';
import { noMarks, type UtmDraft } from './marks';

interface Props {
  draft: Draft;
  accounts: Account[];
  networks: Network[];
  report: CheckReport | undefined;
  dispatch: Dispatch<Change>;
}

const fields = ['campaign', 'source', 'medium', 'content'] as const;

export function LinksPanel({ draft, accounts, networks, report, dispatch }: Props) {
  const usual = useQuery(planningQuery).data?.utm;
  const utm = draft.utm ?? noMarks;
  const change = (edit: Partial<UtmDraft>) => dispatch({ do: 'utm', utm: { ...utm, ...edit } });
  const linked = accounts.filter((a) => contentAt(draft, a.id).parts[0]?.link.trim());
  const said = [utm.campaign, ...Object.values(draft.links ?? {}).map((place) => t(`utm.place.${place}`, { network: '' }))];
  return (
    <details className="group border-t border-line" data-panel="links">
      <summary className="flex h-12 items-center gap-2.5 px-4 text-sm font-medium hover:bg-raised focus-inset sm:px-5">
        <Link2 size={18} aria-hidden className="text-ink-3" />
        {t('utm.panel')}
        <span className="truncate font-normal text-ink-3">{[...new Set(said)].filter(Boolean).join(' · ')}</span>
        <ChevronDown
          size={16}
          aria-hidden
          className="ml-auto shrink-0 text-ink-3 transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="grid gap-4 px-4 pt-1 pb-5 sm:px-5">
        {linked.length > 0 && (
          <fieldset className="grid gap-3">
            <legend className="mb-2 text-sm font-medium">{t('utm.placeLabel')}</legend>
            {linked.map((account) => (
              <Place
                key={account.id}
                account={account}
                network={networks.find((n) => n.network === account.network)}
                place={draft.links?.[account.id] ?? 'usual'}
                onChange={(place) => dispatch({ do: 'linkPlace', account: account.id, place })}
              />
            ))}
          </fieldset>
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          {fields.map((field) => (
            <TextField
              key={field}
              label={t(`utm.${field}`)}
              hint={`utm_${field}`}
              maxLength={200}
              disabled={utm.off}
              value={utm[field]}
              placeholder={usual?.[field]}
              onChange={(e) => change({ [field]: e.target.value })}
            />
          ))}
        </div>
        <Check label={t('utm.off')} checked={utm.off} onChange={(off) => change({ off })} />
        <Outcome report={report} accounts={accounts} />
      </div>
    </details>
  );
}

interface PlaceProps {
  account: Account;
  network: Network | undefined;
  place: LinkPlace;
  onChange: (place: LinkPlace) => void;
}

function Place({ account, network, place, onChange }: PlaceProps) {
  const label = network?.label ?? account.network;
  const cards = network?.link_card ?? false;
  const places: LinkPlace[] = ['usual', 'text', ...(network?.comment || network?.thread ? (['comment'] as const) : [])];
  const words = (each: LinkPlace) =>
    each === 'usual' && cards ? t('utm.place.usualCard') : t(`utm.place.${each}`, { network: label });
  return (
    <div className="flex items-center gap-3">
      <Avatar name={account.name} network={account.network} size={30} />
      <span className="min-w-0 flex-1 truncate text-sm">{account.name}</span>
      <Select
        aria-label={t('utm.place', { name: `${account.name}, ${label}` })}
        value={place}
        onChange={(e) => onChange(e.target.value as LinkPlace)}
        options={places.map((value) => ({ value, label: words(value) }))}
        className="w-auto max-w-[60%]"
      />
    </div>
  );
}

const address = /https?:\/\/\S+/g;

// The links as they go out, each with the accounts that say it.
function Outcome({ report, accounts }: { report: CheckReport | undefined; accounts: Account[] }) {
  const links = new Map<string, Account[]>();
  for (const target of report?.targets ?? [])
    for (const part of target.content.parts)
      for (const link of [part.link, ...(part.text.match(address) ?? [])]) {
        const account = accounts.find((a) => a.id === target.account);
        if (link && account) links.set(link, [...(links.get(link) ?? []), account]);
      }
  if (!links.size) return <p className="text-[13px] text-ink-3">{t('utm.noLink')}</p>;
  return (
    <Field label={t('utm.result')}>
      {(ids) => (
        <ul id={ids.id} className="grid gap-2 rounded-lg bg-sunken px-3.5 py-3">
          {[...links].map(([link, whose]) => (
            <li key={link} className="flex items-start gap-2.5 text-sm">
              <span className="flex shrink-0 -space-x-1.5">
                {whose.slice(0, 4).map((a) => (
                  <Avatar key={a.id} name={a.name} network={a.network} size={22} />
                ))}
              </span>
              <span className="min-w-0 break-all">{link}</span>
            </li>
          ))}
        </ul>
      )}
    </Field>
  );
}
