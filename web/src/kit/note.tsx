import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Problem } from '../api/client';
import { cx } from './cx';
import { wordsFor } from './toast';

export type Tone = 'info' | 'ok' | 'warn' | 'bad';
const tones: Record<Tone, { box: string; icon: LucideIcon; ink: string }> = {
  info: { box: 'bg-info-soft', icon: Info, ink: 'text-info' },
  ok: { box: 'bg-ok-soft', icon: CircleCheck, ink: 'text-ok' },
  warn: { box: 'bg-warn-soft', icon: TriangleAlert, ink: 'text-warn' },
  bad: { box: 'bg-bad-soft', icon: CircleAlert, ink: 'text-bad' },
};

interface Props {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
  role?: string;
}

// A block that says something: what, why, what to do.
export function Note({ tone = 'info', title, children, actions, className, role }: Props) {
  const { box, icon: Icon, ink } = tones[tone];
  return (
    <div role={role} className={cx('flex gap-3 rounded-lg px-3.5 py-3 text-sm', box, className)}>
      <Icon size={18} aria-hidden className={cx('mt-px shrink-0', ink)} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold text-ink">{title}</p>}
        {children && <div className="text-ink-2 [&_b]:font-semibold [&_b]:text-ink">{children}</div>}
        {actions && <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}

export function Trouble({ error, actions }: { error: unknown; actions?: ReactNode }) {
  const { text, more } = wordsFor(error);
  const all = error instanceof Problem ? (error.body.errors ?? []) : [];
  return (
    <Note tone="bad" title={text} role="alert" actions={actions}>
      {more}
      {all.length > 1 && (
        <ul className="mt-1 list-disc pl-4.5">
          {all.map((one, i) => (
            <li key={i}>
              {one.detail} {one.remedy}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}
