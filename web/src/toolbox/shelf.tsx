// What the parts of the toolbox have in common: a list of things that are added and edited, and the forms for them.
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Empty, Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';

interface ShelfProps {
  label: string;
  lead: string;
  add: string; // what the button says
  empty: { title: string; text: string };
  rows: ReactNode[] | undefined; // none yet
  error: Error | null;
  canWrite: boolean;
  children?: ReactNode; // below the list
  onAdd: () => void;
}

export function Shelf({ label, lead, add, empty, rows, error, canWrite, children, onAdd }: ShelfProps) {
  return (
    <section aria-label={label}>
      <div className="mb-5 flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-2xl text-ink-2">{lead}</p>
        {canWrite && (
          <Button look="primary" icon={Plus} onClick={onAdd}>
            {add}
          </Button>
        )}
      </div>
      {!rows && !error && <Waiting rows={3} height="h-16" label={t('loading')} />}
      {error && <Trouble error={error} />}
      {rows?.length === 0 && <Empty title={empty.title}>{empty.text}</Empty>}
      {!!rows?.length && <ul className="card divide-y divide-line">{rows}</ul>}
      {children}
    </section>
  );
}

interface FormProps {
  error: Error | null; // of which no field tells
  busy: boolean;
  children: ReactNode;
  onSave: () => void;
  onClose: () => void;
}

// The form of a dialog, with its end.
export function ShelfForm({ error, busy, children, onSave, onClose }: FormProps) {
  return (
    <form
      className="grid gap-4"
      onSubmit={(e) => {
        e.preventDefault();
        onSave();
      }}
    >
      {children}
      {error && <Trouble error={error} />}
      <div className="flex justify-end gap-2">
        <Button look="plain" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button look="primary" type="submit" busy={busy}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
