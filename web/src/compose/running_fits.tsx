// What is being converted for this post, with how far it is and a way to stop it.
import { X } from 'lucide-react';
import { t } from '../i18n';
import { IconButton } from '../kit/button';
import type { Running } from './use_fit';

export function RunningFits({ running, onStop }: { running: Running[]; onStop: (conversion: string) => void }) {
  if (!running.length) return null;
  return (
    <ul aria-label={t('fit.running')} className="card divide-y divide-line">
      {running.map((one) => {
        const share = Math.round(one.share * 100);
        return (
          <li key={one.key} className="flex items-center gap-3 px-4 py-2.5 text-sm sm:px-5">
            <span className="min-w-0 flex-1">
              <span className="block truncate">{t('fit.making', { what: one.label })}</span>
              <span
                role="progressbar"
                aria-label={one.label}
                aria-valuenow={share}
                aria-valuemin={0}
                aria-valuemax={100}
                className="mt-1.5 block h-1.5 overflow-hidden rounded-full bg-line-strong"
              >
                <span
                  className="block h-full rounded-full bg-accent-fill transition-[width]"
                  style={{ width: `${Math.max(4, share)}%` }}
                />
              </span>
            </span>
            {one.conversion && (
              <IconButton icon={X} label={t('fit.stop')} onClick={() => onStop(one.conversion!)} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
