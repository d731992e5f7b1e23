import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { useHost } from './host';

// A few words on hover and focus. Never the only place where something is said.
export function Tip({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <Tooltip.Provider delayDuration={350}>
      <Tooltip.Root>
        <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
        <Tooltip.Portal container={useHost()}>
          <Tooltip.Content
            sideOffset={6}
            collisionPadding={8}
            className="appear z-50 max-w-72 rounded-md bg-ink px-2.5 py-1.5 text-xs leading-snug text-paper shadow-2"
          >
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
