// Dialogs are the browser's own: it keeps the focus inside, makes the rest inert and closes on Escape.
import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { t } from '../i18n';
import { Button, IconButton } from './button';
import { cx } from './cx';
import { Host } from './host';

// Who has the focus, and gets it back; for an entry of a menu, which is gone by then, the button of the menu.
function opener(): HTMLElement | null {
  const active = document.activeElement as HTMLElement | null;
  const button = active?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  return (button ? document.getElementById(button) : null) ?? active;
}

interface Props {
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
  side?: boolean; // from the right edge, full height
  firm?: boolean; // cannot be dismissed by Escape or a click outside
}

export function Dialog({ title, onClose, children, footer, wide, side, firm }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const [host, setHost] = useState<HTMLElement | null>(null);
  const titleId = useId();
  // The focus goes to what is marked data-first, else to the title, so that it is read and nothing is skipped.
  useEffect(() => {
    const dialog = ref.current!;
    const before = opener();
    if (!dialog.open) dialog.showModal();
    setHost(dialog);
    (dialog.querySelector<HTMLElement>('[data-first]') ?? dialog.querySelector<HTMLElement>('h2'))?.focus();
    return () => {
      dialog.close();
      // What is gone cannot be gone back to: then to the screen, from where the next Tab leads on.
      const back = before?.isConnected ? before : document.getElementById('main');
      back?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(e) => {
        e.preventDefault();
        if (!firm) onClose();
      }}
      onMouseDown={(e) => !firm && e.target === e.currentTarget && onClose()}
      className={cx(
        'rise bg-surface text-ink shadow-2 p-0 border border-line overscroll-contain',
        side
          ? 'ml-auto mr-0 my-0 h-dvh max-h-none w-[min(560px,100vw)] max-w-none rounded-l-xl'
          : cx('rounded-xl max-h-[min(88dvh,860px)] max-w-[calc(100vw-24px)]', wide ? 'w-160' : 'w-116'),
      )}
    >
      <Host value={host}>
        <div className="flex max-h-[inherit] min-h-0 flex-col h-full">
          <div className="flex items-start gap-3 px-5 pt-4.5 pb-3">
            <h2
              id={titleId}
              tabIndex={-1}
              className="min-w-0 outline-none flex-1 pt-1 text-lg font-semibold leading-snug"
            >
              {title}
            </h2>
            {!firm && <IconButton icon={X} label={t('close')} onClick={onClose} className="-mr-2" />}
          </div>
          <div tabIndex={side ? 0 : undefined} className="focus-inset min-h-0 flex-1 overflow-y-auto px-5 pb-5">
            {children}
          </div>
          {footer && (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line bg-raised px-5 py-3.5 rounded-b-xl">
              {footer}
            </div>
          )}
        </div>
      </Host>
    </dialog>
  );
}

interface ConfirmProps {
  title: string;
  children: ReactNode;
  action: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

export function Confirm({ title, children, action, danger, busy, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose} data-first={danger || undefined}>
            {t('cancel')}
          </Button>
          <Button
            look={danger ? 'danger' : 'primary'}
            busy={busy}
            onClick={onConfirm}
            data-first={!danger || undefined}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="text-ink-2 [&_b]:font-semibold [&_b]:text-ink">{children}</div>
    </Dialog>
  );
}
