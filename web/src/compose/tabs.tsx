import { useQuery } from '@tanstack/react-query';
import { Globe, PenLine } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import type { Account } from '../api/client';
import { networksQuery } from '../api/queries';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import type { Place } from './draft';

interface Props {
  accounts: Account[]; // the chosen ones
  current: Place;
  detached: (account: string) => boolean;
  problems: (account: string) => number;
  onChoose: (place: Place) => void;
}

// Global first, then one tab per target. Arrow keys move between them.
export function Tabs({ accounts, current, detached, problems, onChoose }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const networks = useQuery(networksQuery).data ?? [];
  const places: Place[] = ['global', ...accounts.map((a) => a.id)];
  const onKey = (e: KeyboardEvent) => {
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    e.preventDefault();
    const next = (places.indexOf(current) + step + places.length) % places.length;
    onChoose(places[next]!);
    ref.current?.querySelectorAll<HTMLButtonElement>('[role=tab]')[next]?.focus();
  };
  const tab = (place: Place, inside: React.ReactNode) => {
    const on = place === current;
    return (
      <button
        key={place}
        type="button"
        role="tab"
        id={`tab-${place}`}
        aria-selected={on}
        aria-controls="editor"
        tabIndex={on ? 0 : -1}
        onClick={() => onChoose(place)}
        className={cx(
          'relative flex h-12 shrink-0 items-center gap-2 px-3.5 text-sm font-medium transition-colors focus-inset',
          on
            ? 'text-ink after:absolute after:inset-x-2 after:-bottom-px after:h-[2.5px] after:rounded-full after:bg-accent'
            : 'text-ink-3 hover:text-ink',
        )}
      >
        {inside}
      </button>
    );
  };
  return (
    <div
      ref={ref}
      role="tablist"
      aria-label={t('compose.tabs')}
      onKeyDown={onKey}
      className="flex overflow-x-auto border-b border-line px-1.5"
    >
      {tab(
        'global',
        <>
          <Globe size={17} aria-hidden />
          {t('compose.global')}
        </>,
      )}
      {accounts.map((account) => {
        const own = detached(account.id);
        const wrong = problems(account.id);
        const network = networks.find((n) => n.network === account.network)?.label;
        const label = [account.name, network, own && t('compose.detached'), wrong && t('compose.problems', { n: wrong })]
          .filter(Boolean)
          .join(', ');
        return tab(
          account.id,
          <>
            <span className="sr-only">{label}</span>
            <Avatar name={account.name} network={account.network} size={26} />
            {own && <PenLine size={13} aria-hidden className="text-accent" />}
            {wrong > 0 && (
              <span
                aria-hidden
                className="nums grid size-4.5 place-items-center rounded-full bg-bad-soft text-[11px] font-bold text-bad"
              >
                {wrong}
              </span>
            )}
          </>,
        );
      })}
    </div>
  );
}
