import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx';
import { Tip } from './tip';

type Look = 'primary' | 'quiet' | 'plain' | 'danger' | 'soft';
type Size = 'sm' | 'md' | 'lg';

const looks: Record<Look, string> = {
  primary: 'bg-accent-fill text-on-accent hover:bg-accent-fill-2 shadow-1 border border-transparent',
  quiet: 'bg-surface text-ink border border-line-strong hover:bg-raised hover:border-control shadow-1',
  plain: 'text-ink-2 hover:text-ink hover:bg-sunken border border-transparent',
  danger: 'bg-bad-fill text-[light-dark(#fff,#1a0605)] hover:brightness-110 border border-transparent shadow-1',
  soft: 'bg-accent-soft text-accent hover:brightness-97 border border-transparent',
};
const sizes: Record<Size, string> = {
  sm: 'h-8 px-2.5 text-[13px] gap-1.5 rounded-md',
  md: 'h-9.5 px-3.5 text-sm gap-2 rounded-[9px]',
  lg: 'h-11 px-5 text-[15px] gap-2 rounded-[10px]',
};

export const buttonClass = (look: Look = 'quiet', size: Size = 'md', extra?: string) =>
  cx(
    'inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap select-none transition-colors',
    'disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50 no-underline',
    looks[look],
    sizes[size],
    extra,
  );

interface Props extends ComponentProps<'button'> {
  'data-first'?: boolean;
  look?: Look;
  size?: Size;
  icon?: LucideIcon;
  busy?: boolean;
}

// While it is busy it stays in the tab order, says so, and ignores further clicks.
export function Button({ look, size = 'md', icon: Icon, busy, className, children, onClick, ...rest }: Props) {
  const iconSize = size === 'sm' ? 14 : 16;
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      onClick={busy ? (e) => e.preventDefault() : onClick}
      className={buttonClass(look, size, className)}
    >
      {busy ? (
        <LoaderCircle size={iconSize} className="animate-spin" aria-hidden />
      ) : (
        Icon && <Icon size={iconSize} aria-hidden className="shrink-0" />
      )}
      {children}
    </button>
  );
}

interface IconProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  label: string;
  size?: number;
  badge?: ReactNode;
}

export function IconButton({ icon: Icon, label, size = 18, badge, className, ...rest }: IconProps) {
  return (
    <Tip text={label}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cx(
          'relative inline-grid size-9 shrink-0 place-items-center rounded-[9px] text-ink-2 transition-colors',
          'hover:bg-sunken hover:text-ink disabled:opacity-40 disabled:pointer-events-none',
          className,
        )}
      >
        <Icon size={size} aria-hidden />
        {badge}
      </button>
    </Tip>
  );
}
