import { t } from '../i18n';
import { cx } from '../kit/cx';
import type { Keeping } from './keep';

// Whether what is written is safe here. Said once when it changes, not at each key.
export function KeepSign({ keeping }: { keeping: Keeping }) {
  if (keeping === 'untouched') return null;
  return (
    <span
      className={cx(
        'flex items-center gap-1.5 text-[12.5px]',
        keeping === 'failed' ? 'font-medium text-bad' : 'text-ink-3',
      )}
      data-keeping={keeping}
    >
      <span
        aria-hidden
        className={cx(
          'size-1.5 rounded-full',
          keeping === 'keeping' ? 'bg-brass' : keeping === 'kept' ? 'bg-[light-dark(#2c9a5b,#67cf93)]' : 'bg-bad-fill',
        )}
      />
      <span className={cx(keeping !== 'failed' && 'sr-only sm:not-sr-only')}>{t(`keep.${keeping}`)}</span>
    </span>
  );
}
