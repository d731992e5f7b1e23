import { useLink } from '../api/live';
import { t } from '../i18n';
import { cx } from '../kit/cx';

// Whether what is seen is what is: connected live, or not and why.
export function LiveDot({ small }: { small?: boolean }) {
  const link = useLink();
  const lost = link === 'lost';
  return (
    <p
      role="status"
      className={cx(
        'flex items-center gap-2 text-[12.5px]',
        small ? '' : 'mx-1.5',
        lost ? 'font-medium text-bad' : 'text-ink-3',
      )}
    >
      <span
        aria-hidden
        className={cx(
          'size-2 shrink-0 rounded-full',
          link === 'live' && 'bg-[light-dark(#2c9a5b,#67cf93)]',
          link === 'connecting' && 'bg-line-strong',
          lost && 'bg-bad-fill animate-[pulse-dot_1.6s_ease-in-out_infinite]',
        )}
      />
      <span className={small && !lost ? 'sr-only' : undefined}>{t(`link.${link}`)}</span>
    </p>
  );
}
