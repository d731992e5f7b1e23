// Toasts: success is short and goes by itself; an error stays until it is closed and carries cause and remedy; so does
// what was done although something speaks against it.
import { CircleAlert, CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { Problem } from '../api/client';
import { t } from '../i18n';
import { cx, randomId } from './cx';

interface Toast {
  id: string;
  kind: 'done' | 'warning' | 'error';
  text: string;
  more?: string;
  actions?: Action[];
}
interface Action {
  label: string;
  run: () => void;
}

let toasts: Toast[] = [];
const listeners = new Set<() => void>();
function set(next: Toast[]) {
  toasts = next;
  listeners.forEach((listener) => listener());
}
const close = (id: string) => set(toasts.filter((toast) => toast.id !== id));
const add = (toast: Omit<Toast, 'id'>) => set([...toasts.slice(-3), { ...toast, id: randomId() }]);

export const toastDone = (text: string, action?: Action) => add({ kind: 'done', text, actions: action && [action] });
export const toastWarning = (text: string, more: string, actions: Action[]) => add({ kind: 'warning', text, more, actions });
export function toastError(error: unknown) {
  const { text, more } = wordsFor(error);
  add({ kind: 'error', text, more });
}

// The server's own words for a refusal; ours only for what it cannot say: that it did not answer.
export function wordsFor(error: unknown): { text: string; more?: string } {
  if (error instanceof Problem) {
    if (error.status === 0) return { text: t('offline.text'), more: t('offline.remedy') };
    const first = error.body.errors?.[0];
    return {
      text: error.body.detail ?? first?.detail ?? error.message,
      more: error.body.remedy ?? first?.remedy,
    };
  }
  return { text: error instanceof Error ? error.message : String(error) };
}

const signs = {
  done: { icon: CircleCheck, ink: 'text-ok' },
  warning: { icon: TriangleAlert, ink: 'text-warn' },
  error: { icon: CircleAlert, ink: 'text-bad' },
};

function Card({ toast }: { toast: Toast }) {
  useEffect(() => {
    if (toast.kind !== 'done') return;
    const timer = setTimeout(() => close(toast.id), toast.actions ? 8000 : 5000);
    return () => clearTimeout(timer);
  }, [toast]);
  const bad = toast.kind !== 'done';
  const { icon: Icon, ink } = signs[toast.kind];
  return (
    <div
      role={bad ? 'alert' : 'status'}
      className="rise pointer-events-auto flex w-full items-start gap-3 rounded-lg border border-line bg-surface py-3 pr-2 pl-3.5 shadow-2"
    >
      <Icon size={18} aria-hidden className={cx('mt-px shrink-0', ink)} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium">{toast.text}</p>
        {toast.more && <p className="mt-0.5 text-ink-2">{toast.more}</p>}
        {toast.actions?.map((action) => (
          <button
            key={action.label}
            type="button"
            className="mt-1.5 mr-4 font-medium text-accent underline underline-offset-3"
            onClick={() => {
              action.run();
              close(toast.id);
            }}
          >
            {action.label}
          </button>
        ))}
      </div>
      <button
        type="button"
        aria-label={t('close')}
        onClick={() => close(toast.id)}
        className="grid size-7 shrink-0 place-items-center rounded-md text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <X size={15} aria-hidden />
      </button>
    </div>
  );
}

export function Toasts() {
  const all = useSyncExternalStore(
    (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    () => toasts,
  );
  // Above an open dialog too: shown again, it is the topmost.
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (ref.current?.matches(':popover-open')) ref.current.hidePopover();
    if (all.length) ref.current?.showPopover();
  }, [all]);
  return (
    <section
      ref={ref}
      popover="manual"
      aria-label={t('toasts')}
      className="pointer-events-none fixed top-auto right-3 bottom-20 left-3 m-0 ml-auto max-w-96 gap-2.5 border-0 bg-transparent p-0 text-ink open:grid sm:right-5 sm:bottom-20"
    >
      {all.map((toast) => (
        <Card key={toast.id} toast={toast} />
      ))}
    </section>
  );
}
