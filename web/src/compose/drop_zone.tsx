import { Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { useDropping } from '../kit/dropping';

interface Props {
  disabled: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

// The editor's card takes files that are dropped anywhere on it.
export function DropZone({ disabled, onFiles, children }: Props) {
  const { over, handlers } = useDropping(onFiles, disabled);
  return (
    <div
      className={cx(
        'card relative overflow-hidden transition-shadow has-[textarea:focus-visible]:border-accent has-[textarea:focus-visible]:shadow-1',
        over && 'ring-2 ring-accent',
      )}
      {...handlers}
    >
      {children}
      {over && (
        <div className="appear pointer-events-none absolute inset-0 grid place-content-center justify-items-center gap-2 bg-accent-soft/95 font-medium text-accent">
          <Upload size={28} aria-hidden />
          {t('media.dropHere')}
        </div>
      )}
    </div>
  );
}
