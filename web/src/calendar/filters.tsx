// What the calendar shows: chosen here, kept in the address.
import { useQuery } from '@tanstack/react-query';
import { ListFilter, Search as SearchIcon, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { PostState } from '../api/client';
import { accountsQuery, networksQuery } from '../api/queries';
import { campaignsQuery } from '../campaigns/read';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Field, inputClass, Select } from '../kit/field';
import { Popover } from '../kit/popover';
import { Avatar } from '../networks/avatar';
import { Tick } from './list';
import { filterNames, type Search } from './search';

const states: PostState[] = ['draft', 'proposed', 'expired', 'scheduled', 'publishing', 'delivered', 'partly', 'failed', 'uncertain', 'canceled'];

interface Props {
  search: Search;
  tags: string[]; // that occur here
  onChange: (change: Partial<Search>) => void;
}

const toggled = (list: string | undefined, word: string): string | undefined => {
  const words = list?.split(',') ?? [];
  const next = words.includes(word) ? words.filter((w) => w !== word) : [...words, word];
  return next.join(',') || undefined;
};

export function Filters({ search, tags, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const n = filterNames.filter((name) => name !== 'text' && search[name]).length;
  return (
    <>
      <Words text={search.text ?? ''} onChange={(text) => onChange({ text })} />
      <Popover
        label={t('filter.title')}
        align="end"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button icon={ListFilter} aria-label={n ? t('filter.active', { n }) : t('filter.title')}>
            <span className="hidden sm:inline">{t('filter.title')}</span>
            {n > 0 && (
              <span className="nums grid size-5 place-items-center rounded-full bg-accent-fill text-[11px] font-semibold text-on-accent">
                {n}
              </span>
            )}
          </Button>
        }
      >
        <Choices search={search} tags={tags} onChange={onChange} />
      </Popover>
    </>
  );
}

function Choices({ search, tags, onChange }: Props) {
  const accounts = useQuery(accountsQuery).data ?? [];
  const networks = useQuery(networksQuery).data?.filter((n) => accounts.some((a) => a.network === n.network)) ?? [];
  const campaigns = useQuery(campaignsQuery).data ?? [];
  const chosen = search.account?.split(',') ?? [];
  const wanted = search.state?.split(',') ?? [];
  const any = filterNames.some((name) => search[name]);
  return (
    <div className="grid w-76 gap-4">
      <fieldset>
        <legend className="mb-1 text-[13px] font-semibold">{t('filter.accounts')}</legend>
        <ul className="max-h-52 overflow-y-auto">
          {accounts.map((account) => (
            <li key={account.id} className="relative flex items-center gap-2">
              <Tick
                checked={chosen.includes(account.id)}
                label={account.name}
                onChange={() => onChange({ account: toggled(search.account, account.id) })}
              />
              <Avatar name={account.name} network={account.network} size={24} />
              <span aria-hidden className="min-w-0 truncate text-sm">
                {account.name}
              </span>
            </li>
          ))}
        </ul>
      </fieldset>
      <fieldset>
        <legend className="mb-1.5 text-[13px] font-semibold">{t('filter.states')}</legend>
        <div className="flex flex-wrap gap-1.5">
          {states.map((state) => (
            <button
              key={state}
              type="button"
              aria-pressed={wanted.includes(state)}
              onClick={() => onChange({ state: toggled(search.state, state) })}
              className={cx(
                'h-7 rounded-full border px-2.5 text-[12.5px] font-medium',
                wanted.includes(state)
                  ? 'border-transparent bg-accent-fill text-on-accent'
                  : 'border-line-strong text-ink-2 hover:border-control hover:text-ink',
              )}
            >
              {t(`postState.${state}`)}
            </button>
          ))}
        </div>
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('filter.network')}>
          {(ids) => (
            <Select
              {...ids}
              value={search.network ?? ''}
              onChange={(e) => onChange({ network: e.target.value || undefined })}
              options={[{ value: '', label: t('filter.any') }, ...networks.map((n) => ({ value: n.network, label: n.label }))]}
            />
          )}
        </Field>
        <Field label={t('filter.tag')}>
          {(ids) => (
            <Select
              {...ids}
              value={search.tag ?? ''}
              onChange={(e) => onChange({ tag: e.target.value || undefined })}
              options={[
                { value: '', label: t('filter.any') },
                ...[...new Set([...tags, ...(search.tag ? [search.tag] : [])])].sort().map((tag) => ({ value: tag, label: tag })),
              ]}
            />
          )}
        </Field>
      </div>
      {campaigns.length > 0 && (
        <Field label={t('filter.campaign')}>
          {(ids) => (
            <Select
              {...ids}
              value={search.campaign ?? ''}
              onChange={(e) => onChange({ campaign: e.target.value || undefined })}
              options={[{ value: '', label: t('filter.any') }, ...campaigns.map((c) => ({ value: c.id, label: c.name }))]}
            />
          )}
        </Field>
      )}
      {any && (
        <Button
          look="plain"
          size="sm"
          icon={X}
          onClick={() => onChange(Object.fromEntries(filterNames.map((name) => [name, undefined])))}
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}

function Words({ text, onChange }: { text: string; onChange: (text: string | undefined) => void }) {
  const [words, setWords] = useState(text);
  useEffect(() => setWords(text), [text]);
  useEffect(() => {
    const timer = setTimeout(() => words !== text && onChange(words || undefined), 300);
    return () => clearTimeout(timer);
  }, [words, text, onChange]);
  return (
    <div className="relative min-w-0 flex-1 sm:w-48 sm:flex-none">
      <SearchIcon size={15} aria-hidden className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3" />
      <input
        type="search"
        aria-label={t('posts.search')}
        placeholder={t('posts.search')}
        value={words}
        onChange={(e) => setWords(e.target.value)}
        className={cx(inputClass, 'h-9.5 pl-8.5 text-sm')}
      />
    </div>
  );
}
