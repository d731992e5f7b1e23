import { Popover as Base } from 'radix-ui';
import type { ReactNode } from 'react';
import { useHost } from './host';

interface Props {
  trigger: ReactNode;
  children: ReactNode;
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: 'top' | 'bottom';
  align?: 'start' | 'center' | 'end';
}

export function Popover({ trigger, children, label, open, onOpenChange, side = 'bottom', align = 'start' }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Portal container={useHost()}>
        <Base.Content
          aria-label={label}
          side={side}
          align={align}
          sideOffset={8}
          collisionPadding={10}
          onOpenAutoFocus={(e) => {
            e.preventDefault();
            const content = e.currentTarget as HTMLElement;
            (content.querySelector<HTMLElement>('[data-first]') ?? content).focus();
          }}
          className="appear z-40 outline-none max-h-[var(--radix-popover-content-available-height)] max-w-[calc(100vw-20px)] overflow-y-auto rounded-xl border border-line bg-surface p-4 shadow-2"
        >
          {children}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
