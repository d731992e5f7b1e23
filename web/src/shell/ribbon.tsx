import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { accountsQuery, systemQuery } from '../api/queries';
import { t, tx } from '../i18n';

// The mark that cannot be missed while an account of the sandbox is in use.
export function SandboxRibbon() {
  const url = useQuery(systemQuery).data?.sandbox_url;
  const accounts = useQuery(accountsQuery).data;
  const real = accounts?.some((a) => !a.sandbox);
  return (
    <div
      role="region"
      aria-label={t('sandbox.mark')}
      className="sticky top-0 z-30 flex h-9 items-center bg-sandbox text-[13px] text-on-sandbox"
    >
      <span aria-hidden className="stripes h-full w-10 shrink-0 sm:w-24" />
      <p className="flex min-w-0 flex-1 items-center justify-center gap-2.5 px-3">
        <b className="tracking-[0.14em]">{t('sandbox.mark')}</b>
        <span className="hidden truncate sm:inline">{real ? tx('sandbox.some') : tx('sandbox.all')}</span>
        {url && (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className="inline-flex shrink-0 items-center gap-1 font-semibold underline underline-offset-2 outline-on-sandbox"
          >
            {t('sandbox.open')}
            <ExternalLink size={13} aria-hidden />
          </a>
        )}
      </p>
      <span aria-hidden className="stripes h-full w-10 shrink-0 sm:w-24" />
    </div>
  );
}
