import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx';
import { useHost } from './host';

interface Props {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
}

// Not modal: a modal menu would want to write styles into the page, which the content policy refuses.
export function Menu({ trigger, children, align = 'end', side }: Props) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={useHost()}>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={10}
          className="appear z-40 min-w-52 max-w-80 rounded-lg border border-line bg-surface p-1.5 shadow-2"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const row =
  'flex w-full items-start gap-2.5 rounded-md px-2.5 py-2 text-sm outline-none select-none cursor-pointer data-[highlighted]:bg-sunken data-[disabled]:opacity-50 data-[disabled]:pointer-events-none';

interface ItemProps {
  icon?: LucideIcon;
  children: ReactNode;
  note?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  checked?: boolean;
  current?: boolean; // where one is
  onSelect: () => void;
}

export function MenuItem({ icon: Icon, children, note, danger, disabled, checked, current, onSelect }: ItemProps) {
  const inside = (
    <>
      {Icon && <Icon size={16} aria-hidden className={cx('mt-0.5 shrink-0', danger ? 'text-bad' : 'text-ink-3')} />}
      <span className="min-w-0 flex-1">
        {children}
        {note && <span className="mt-0.5 block text-xs text-ink-3">{note}</span>}
      </span>
      {checked && <Check size={16} aria-hidden className="mt-0.5 text-accent" />}
    </>
  );
  const className = cx(row, danger && 'text-bad', current && 'font-medium text-accent');
  if (checked !== undefined)
    return (
      <DropdownMenu.CheckboxItem checked={checked} disabled={disabled} onSelect={onSelect} className={className}>
        {inside}
      </DropdownMenu.CheckboxItem>
    );
  return (
    <DropdownMenu.Item
      disabled={disabled}
      aria-current={current ? 'page' : undefined}
      onSelect={onSelect}
      className={className}
    >
      {inside}
    </DropdownMenu.Item>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-3">{children}</DropdownMenu.Label>
);
export const MenuLine = () => <DropdownMenu.Separator className="mx-1 my-1.5 h-px bg-line" />;
