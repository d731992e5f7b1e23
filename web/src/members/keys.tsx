// Keys for programs: what each may do in words, shown once when made, dead at once when revoked.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type Me } from '../api/client';
import { t, tWord, tx } from '../i18n';
import { Button } from '../kit/button';
import { Chip } from '../kit/chip';
import { Confirm } from '../kit/dialog';
import { Empty, Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { Ago, At, useNow } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { MakeKey } from './make_key';
import { keysQuery, nameOf, usersQuery, type ApiKey } from './read';

export function Keys({ me }: { me: Me }) {
  const keys = useQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const make = (
    <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
      {t('keys.make')}
    </Button>
  );
  return (
    <section aria-label={t('members.keys')}>
      {keys.isPending && <Waiting rows={2} height="h-20" label={t('loading')} />}
      {keys.error && <Trouble error={keys.error} />}
      {keys.data?.length === 0 && (
        <Empty
          art={<KeyRound size={40} strokeWidth={1.5} aria-hidden className="text-accent" />}
          title={t('keys.noneTitle')}
          actions={make}
        >
          {t('keys.noneText')}
        </Empty>
      )}
      {keys.data && keys.data.length > 0 && (
        <>
          <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
            <p className="max-w-xl text-sm text-ink-2">{t('keys.lead')}</p>
            {make}
          </div>
          <ul className="card divide-y divide-line">
            {keys.data.map((key) => (
              <KeyRow key={key.id} item={key} />
            ))}
          </ul>
        </>
      )}
      {making && <MakeKey me={me} onClose={() => setMaking(false)} />}
    </section>
  );
}

function KeyRow({ item }: { item: ApiKey }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const owner = useQuery(usersQuery).data?.find((user) => user.id === item.user);
  const over = item.expires !== null && new Date(item.expires).getTime() <= useNow();
  const revoke = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/keys/{id}', { params: { path: { id: item.id } } })),
    onSuccess: () => toastDone(t('keys.revoked', { name: item.name })),
    onError: toastError,
    onSettled: () => {
      setAsking(false);
      void queries.invalidateQueries(keysQuery);
    },
  });
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 px-4 py-4 sm:flex-nowrap sm:px-5" data-key={item.name}>
      <span className="mt-0.5 hidden size-10 shrink-0 place-items-center rounded-full bg-sunken text-ink-2 sm:grid">
        <KeyRound size={18} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="font-semibold">{item.name}</span>
          <code className="font-mono text-[13px] text-ink-3">{item.prefix}…</code>
          {over && <Chip tone="bad">{t('keys.over')}</Chip>}
        </p>
        <p className="mt-0.5 text-[13px] text-ink-3">
          {owner && <>{t('keys.of', { name: nameOf(owner) })} · </>}
          {item.used ? tx('keys.used', { ago: <Ago at={item.used} /> }) : t('keys.unused')}
          {' · '}
          {item.expires ? tx(over ? 'keys.expired' : 'keys.expires', { time: <At at={item.expires} /> }) : t('keys.forever')}
        </p>
        <ul className="mt-2 flex flex-wrap gap-1.5">
          {item.scopes.length === 0 && (
            <li>
              <Chip tone="warn">{t('keys.everything')}</Chip>
            </li>
          )}
          {item.scopes.map((scope) => (
            <li key={scope}>
              <Chip>{tWord('scope', scope)}</Chip>
            </li>
          ))}
        </ul>
      </div>
      <Button size="sm" onClick={() => setAsking(true)} aria-label={t('keys.revokeNamed', { name: item.name })}>
        {t('keys.revoke')}
      </Button>
      {asking && (
        <Confirm
          title={t('keys.revokeTitle', { name: item.name })}
          action={t('keys.revoke')}
          danger
          busy={revoke.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() => revoke.mutate()}
        >
          <p>{t('keys.revokeText')}</p>
        </Confirm>
      )}
    </li>
  );
}
