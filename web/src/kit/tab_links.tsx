// The parts of one screen, each with an address of its own.
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx';
import { useChosenInSight } from './in_sight';

export function TabLinks({ label, children }: { label: string; children: ReactNode }) {
  const row = useChosenInSight<HTMLElement>();
  return (
    <nav ref={row} aria-label={label} className="-mx-4 mb-6 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1">{children}</ul>
    </nav>
  );
}

// How the link to such a part looks.
export const tabLinkClass = (here: boolean) =>
  cx(
    'focus-inset -mb-px flex h-11 items-center gap-2 rounded-t-md border-b-2 px-3 text-sm font-medium transition-colors',
    here ? 'border-accent text-accent' : 'border-transparent text-ink-2 hover:text-ink',
  );

export const TabIcon = ({ icon: Icon }: { icon: LucideIcon }) => (
  <Icon size={16} aria-hidden className="hidden sm:block" />
);
