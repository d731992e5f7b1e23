// One account on each practice network, in one go.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FlaskConical, PenLine } from 'lucide-react';
import { api, ask, type Account, type Network } from '../api/client';
import { sandboxQuery } from '../api/queries';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { SandboxMark } from '../kit/chip';
import { toastDone, toastError } from '../kit/toast';
import { NetworkMark } from '../networks/look';

export function Practice({ networks, accounts }: { networks: Network[]; accounts: Account[] }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const runs = networks.some((n) => n.connect.sandbox);
  const offered = useQuery({ ...sandboxQuery, enabled: runs }).data?.networks ?? [];
  const practice = accounts.filter((a) => a.sandbox);
  const missing = offered.filter((n) => !practice.some((a) => a.network === n.network));
  const connect = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/accounts/practice')),
    onSuccess: ({ items, skipped }) => {
      if (items.length) toastDone(t('practice.done', { n: items.length }));
      for (const one of skipped)
        if (one.code !== 'already') toastError(new Error(t('practice.skipped', { network: one.label, why: one.detail })));
    },
    onError: toastError,
    onSettled: () => {
      for (const queryKey of [['accounts'], ['me'], ['system']]) void queries.invalidateQueries({ queryKey });
    },
  });
  // A first post is a text: networks that want a picture, or carry no posts at all, are left to be chosen.
  const readers = practice.filter((a) =>
    networks.some((n) => n.network === a.network && n.kinds.some((k) => k.kind === 'text')),
  );
  const compose = () => void navigate({ to: '/compose', search: { accounts: readers.map((a) => a.id).join(',') } });
  if (!runs || !offered.length) return null;
  const all = missing.length === 0;
  return (
    <section
      aria-labelledby="practice"
      className="flex flex-wrap items-center gap-x-6 gap-y-4 rounded-[14px] border border-[light-dark(#e2bd5a,#6d5718)] bg-[light-dark(#fff8e3,#2b220b)] p-5 sm:p-6"
    >
      <div className="min-w-0 flex-1 basis-80">
        <h2 id="practice" className="flex flex-wrap items-center gap-2.5 text-lg font-semibold">
          <FlaskConical size={20} aria-hidden className="text-warn" />
          {t('practice.title')}
          <SandboxMark />
        </h2>
        <p className="mt-1.5 max-w-2xl text-[14.5px] text-ink-2">{t('practice.text', { n: offered.length })}</p>
        <span aria-hidden className="mt-3.5 flex flex-wrap gap-1.5">
          {offered.map((n) => (
            <NetworkMark
              key={n.network}
              network={n.network}
              size={26}
              className={missing.includes(n) ? 'opacity-45 grayscale' : ''}
            />
          ))}
        </span>
      </div>
      <div className="flex flex-wrap gap-2.5">
        {!all && (
          <Button
            look={practice.length ? 'quiet' : 'primary'}
            size="lg"
            busy={connect.isPending}
            onClick={() => connect.mutate()}
          >
            {t(practice.length ? 'practice.rest' : 'practice.action')}
          </Button>
        )}
        {practice.length > 0 && (
          <Button look="primary" size="lg" icon={PenLine} onClick={compose}>
            {t('practice.next')}
          </Button>
        )}
      </div>
    </section>
  );
}
