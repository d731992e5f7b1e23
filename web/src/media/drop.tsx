import { Upload } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n';
import { useDropping } from '../kit/dropping';

interface Props {
  disabled: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

// The whole screen takes files that are dropped on it.
export function DropZone({ disabled, onFiles, children }: Props) {
  const { over, handlers } = useDropping(onFiles, disabled);
  return (
    <div className="relative min-h-[70dvh]" {...handlers}>
      {children}
      {over && (
        <div className="appear pointer-events-none absolute -inset-3 z-10 grid place-content-center justify-items-center gap-2 rounded-xl border-2 border-dashed border-accent bg-accent-soft/95 font-medium text-accent">
          <Upload size={28} aria-hidden />
          {t('media.dropHere')}
        </div>
      )}
    </div>
  );
}
