// Who speaks, chosen by their faces.
import type { Account } from '../api/client';
import { cx } from '../kit/cx';
import { Avatar } from './avatar';

interface Props {
  label: string;
  accounts: Account[];
  chosen: string[]; // ids
  onChange: (ids: string[]) => void;
  error?: string;
}

export function Whom({ label, accounts, chosen, onChange, error }: Props) {
  return (
    <div role="group" aria-label={label} className="grid content-start gap-1.5">
      <span className="text-sm font-medium">{label}</span>
      <span className="flex flex-wrap gap-1.5">
        {accounts.map((a) => {
          const on = chosen.includes(a.id);
          return (
            <button
              key={a.id}
              type="button"
              aria-pressed={on}
              title={a.name}
              onClick={() => onChange(on ? chosen.filter((id) => id !== a.id) : [...chosen, a.id])}
              className={cx('rounded-full border-2 p-0.5', on ? 'border-accent' : 'border-transparent grayscale')}
            >
              <span className="sr-only">{`${a.network}: ${a.name}`}</span>
              <Avatar name={a.name} network={a.network} size={32} />
            </button>
          );
        })}
      </span>
      {error && (
        <p role="alert" className="text-[13px] font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
