import { number, t } from '../i18n';
import { cx } from '../kit/cx';
import { Tip } from '../kit/tip';
import { NetworkMark } from '../networks/look';

export interface Count {
  network: string;
  label: string;
  counted: number;
  limit: number;
  unit: string;
}

// The tightest of the counts: what is left, as the network counts it.
export function Counter({ counts, fresh }: { counts: Count[]; fresh: boolean }) {
  const limited = counts.filter((c) => c.limit > 0);
  const tight = limited.reduce<Count | undefined>(
    (a, b) => (!a || b.limit - b.counted < a.limit - a.counted ? b : a),
    undefined,
  );
  if (!tight) return null;
  const left = tight.limit - tight.counted;
  const share = Math.min(1, tight.counted / tight.limit);
  const tone = left < 0 ? 'text-bad' : share > 0.9 ? 'text-warn' : 'text-ink-3';
  const ring = 2 * Math.PI * 8;
  return (
    <Tip
      text={
        <span className="grid gap-0.5">
          {limited.map((c) => (
            <span key={c.label} className="nums">
              {t('compose.count', { counted: c.counted, limit: c.limit, unit: c.unit, network: c.label })}
            </span>
          ))}
        </span>
      }
    >
      <button
        type="button"
        aria-busy={!fresh || undefined}
        className={cx('nums flex h-9 cursor-default items-center gap-2 rounded-md px-2 text-sm font-medium', tone)}
      >
        <NetworkMark network={tight.network} size={16} />
        {number(left)}
        <span className="sr-only">
          {t('compose.left', { counted: tight.counted, limit: tight.limit, unit: tight.unit, network: tight.label })}
        </span>
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden className="-rotate-90">
          <circle cx="10" cy="10" r="8" fill="none" stroke="var(--line)" strokeWidth="2.5" />
          <circle
            cx="10"
            cy="10"
            r="8"
            fill="none"
            stroke="currentColor"
            strokeWidth="2.5"
            strokeDasharray={`${share * ring} ${ring}`}
            strokeLinecap="round"
          />
        </svg>
      </button>
    </Tip>
  );
}
