import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n';
import { cx } from './cx';

export type ChipTone = 'plain' | 'accent' | 'ok' | 'warn' | 'bad' | 'info';
const tones: Record<ChipTone, string> = {
  plain: 'bg-sunken text-ink-2',
  accent: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  info: 'bg-info-soft text-info',
};

interface Props {
  tone?: ChipTone;
  icon?: LucideIcon;
  moving?: boolean;
  children: ReactNode;
  className?: string;
}

export function Chip({ tone = 'plain', icon: Icon, moving, children, className }: Props) {
  return (
    <span
      className={cx(
        'inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full px-2.5 text-[12.5px] font-medium whitespace-nowrap',
        tones[tone],
        className,
      )}
    >
      {Icon && <Icon size={13} strokeWidth={2.4} aria-hidden className={cx(moving && 'animate-spin')} />}
      {children}
    </span>
  );
}

export const SandboxMark = ({ className }: { className?: string }) => (
  <span
    className={cx(
      'inline-flex h-4.5 shrink-0 items-center rounded-[4px] bg-sandbox px-1.5 text-[10px] font-bold tracking-wider text-on-sandbox',
      className,
    )}
  >
    {t('sandbox.mark')}
  </span>
);
