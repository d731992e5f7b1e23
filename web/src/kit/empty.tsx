import type { ReactNode } from 'react';

// What this screen is for, and the one next step.
export function Empty({
  art,
  title,
  children,
  actions,
}: {
  art?: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="card mx-auto flex max-w-xl flex-col items-center px-6 py-12 text-center sm:px-12">
      {art && <div className="mb-5">{art}</div>}
      <h2 className="text-xl font-semibold">{title}</h2>
      <p className="mt-2 max-w-md text-ink-2">{children}</p>
      {actions && <div className="mt-6 flex flex-wrap justify-center gap-2.5">{actions}</div>}
    </div>
  );
}

// The shape of what is coming. Said once to those who listen.
export function Waiting({ rows = 3, label, height = 'h-24' }: { rows?: number; label: string; height?: string }) {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className={`sheen rounded-xl ${height}`} />
      ))}
    </div>
  );
}
