import { Upload } from 'lucide-react';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { t } from '../i18n';

interface Props {
  disabled: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

// The whole screen takes files that are dropped on it.
export function DropZone({ disabled, onFiles, children }: Props) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const hasFiles = (e: DragEvent) => !disabled && e.dataTransfer.types.includes('Files');
  return (
    <div
      className="relative min-h-[70dvh]"
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
        <div className="appear pointer-events-none absolute -inset-3 z-10 grid place-content-center justify-items-center gap-2 rounded-xl border-2 border-dashed border-accent bg-accent-soft/95 font-medium text-accent">
          <Upload size={28} aria-hidden />
          {t('media.dropHere')}
        </div>
      )}
    </div>
  );
}
