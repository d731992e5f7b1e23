// A place to drop a text file on, or to choose one.
import { Upload, type LucideIcon } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { Button } from './button';
import { cx } from './cx';
import { useDropping } from './dropping';
import { toastError } from './toast';

interface Props {
  icon: LucideIcon;
  text: string;
  choose: string; // what the button says
  accept: string;
  children: ReactNode; // another button
  onFile: (text: string, name: string) => void;
}

export function FileDrop({ icon: Icon, text, choose, accept, children, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const take = (file: File | undefined) => void file?.text().then((read) => onFile(read, file.name), toastError);
  const { over, handlers } = useDropping(([file]) => take(file));
  return (
    <div
      {...handlers}
      className={cx(
        'card flex flex-col items-center gap-4 border-2 border-dashed px-6 py-12 text-center',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong',
      )}
    >
      <Icon size={36} aria-hidden className="text-ink-3" />
      <p className="max-w-lg text-ink-2">{text}</p>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={choose}
        className="sr-only"
        tabIndex={-1}
        onChange={(e) => take(e.target.files?.[0])}
      />
      <span className="flex flex-wrap justify-center gap-2">
        <Button look="primary" icon={Upload} onClick={() => input.current?.click()}>
          {choose}
        </Button>
        {children}
      </span>
    </div>
  );
}
