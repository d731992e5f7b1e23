import { useQuery } from '@tanstack/react-query';
import { ExternalLink, PanelRightOpen } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { accountsQuery, meQuery, systemQuery } from '../api/queries';
import { t, tx } from '../i18n';

const SandboxDrawer = lazy(() => import('./drawer').then((m) => ({ default: m.SandboxDrawer })));

// The mark that cannot be missed while an account of the sandbox is in use.
export function SandboxRibbon() {
  const url = useQuery(systemQuery).data?.sandbox_url;
  const accounts = useQuery(accountsQuery).data;
  const mayOrder = useQuery(meQuery).data?.permissions.includes('posts.write') ?? false;
  const [open, setOpen] = useState(false);
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
        {url && mayOrder && (
          <button
            type="button"
            onClick={() => setOpen(true)}
            className="inline-flex h-7 shrink-0 items-center gap-1 rounded px-1.5 font-semibold underline underline-offset-2 outline-on-sandbox"
          >
            {t('drawer.open')}
            <PanelRightOpen size={14} aria-hidden />
          </button>
        )}
        {url && !mayOrder && (
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
      {open && (
        <Suspense>
          <SandboxDrawer onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
