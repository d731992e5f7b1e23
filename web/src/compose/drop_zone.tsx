import { Upload } from 'lucide-react';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { t } from '../i18n';
import { cx } from '../kit/cx';

// The editor's card takes files that are dropped anywhere on it.
export function DropZone({
  disabled,
  onFiles,
  children,
}: {
  disabled: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const hasFiles = (e: DragEvent) => !disabled && e.dataTransfer.types.includes('Files');
  return (
    <div
      className={cx(
        'card relative overflow-hidden transition-shadow has-[textarea:focus-visible]:border-accent has-[textarea:focus-visible]:shadow-1',
        over && 'ring-2 ring-accent',
      )}
      onDragEnter={(e) => hasFiles(e) && (depth.current++, setOver(true))}
      onDragOver={(e) => hasFiles(e) && e.preventDefault()}
      onDragLeave={(e) => hasFiles(e) && --depth.current <= 0 && setOver(false)}
      onDrop={(e) => {
        if (!hasFiles(e)) return;
        e.preventDefault();
        depth.current = 0;
        setOver(false);
        onFiles([...e.dataTransfer.files]);
      }}
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
