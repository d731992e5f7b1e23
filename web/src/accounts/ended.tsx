import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, ask, type ConnectOutcome, type Network } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { SandboxMark } from '../kit/chip';
import { Dialog } from '../kit/dialog';
import { Waiting } from '../kit/empty';
import { Note, Trouble } from '../kit/note';
import { toastDone } from '../kit/toast';
import { Avatar } from '../networks/avatar';

interface Props {
  ticket: string;
  networks: Network[];
  onClose: () => void;
  onAgain: (network: Network) => void;
}

// The browser is back from the network: connected, refused, or which of several pages it shall be.
export function ConnectEnded({ ticket, networks, onClose, onAgain }: Props) {
  const queries = useQueryClient();
  const outcome = useQuery({
    queryKey: ['connect', ticket],
    queryFn: () => ask(api.GET('/api/v1/accounts/connect/{ticket}', { params: { path: { ticket } } })),
    staleTime: Infinity,
    retry: false,
  });
  const told = useRef(false);
  const done = outcome.data?.outcome === 'connected' ? outcome.data : null;
  useEffect(() => {
    if (!done || told.current) return;
    told.current = true;
    toastDone(t('connect.done', { name: done.account?.name ?? '' }));
    void queries.invalidateQueries({ queryKey: ['accounts'] });
    void queries.invalidateQueries({ queryKey: ['me'] });
    onClose();
  }, [done, onClose, queries]);
  if (done) return null;
  const network = networks.find((n) => n.network === outcome.data?.network);
  const label = network?.label ?? outcome.data?.network ?? '';
  if (outcome.data?.outcome === 'choose')
    return <Choose ticket={ticket} outcome={outcome.data} label={label} onClose={onClose} />;
  return (
    <Dialog
      title={
        outcome.data
          ? t('connect.failed', { network: label })
          : outcome.error
            ? t('connect.lost')
            : t('connect.finishing')
      }
      onClose={onClose}
      footer={
        network && (
          <Button look="primary" onClick={() => onAgain(network)}>
            {t('connect.again')}
          </Button>
        )
      }
    >
      {outcome.isPending && <Waiting rows={1} label={t('loading')} />}
      {outcome.error && <Trouble error={outcome.error} />}
      {outcome.data?.problem && (
        <Note tone="bad" title={outcome.data.problem.detail}>
          {outcome.data.problem.remedy}
        </Note>
      )}
    </Dialog>
  );
}

function Choose({
  ticket,
  outcome,
  label,
  onClose,
}: {
  ticket: string;
  outcome: ConnectOutcome;
  label: string;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string[]>(
    outcome.identities.length === 1 ? [outcome.identities[0]!.external_id] : [],
  );
  const connect = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/accounts/choose', { body: { ticket, identities: chosen } })),
    onSuccess: ({ items }) => {
      toastDone(t('connect.chosen', { n: items.length }));
      void queries.invalidateQueries({ queryKey: ['accounts'] });
      void queries.invalidateQueries({ queryKey: ['me'] });
      onClose();
    },
  });
  const toggle = (id: string) => setChosen((old) => (old.includes(id) ? old.filter((x) => x !== id) : [...old, id]));
  return (
    <Dialog
      title={t('connect.chooseTitle', { network: label })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" disabled={!chosen.length} busy={connect.isPending} onClick={() => connect.mutate()}>
            {chosen.length ? t('connect.chooseAction', { n: chosen.length }) : t('connect.chooseNone')}
          </Button>
        </>
      }
    >
      <p className="mb-4 flex items-center gap-2 text-ink-2">
        {t('connect.chooseText')} {outcome.sandbox && <SandboxMark />}
      </p>
      <ul className="grid gap-2">
        {outcome.identities.map((who) => (
          <li key={who.external_id}>
            <label className="flex items-center gap-3.5 rounded-lg border border-line p-3 transition-colors hover:bg-raised has-checked:border-accent has-checked:bg-accent-soft">
              <input
                type="checkbox"
                checked={chosen.includes(who.external_id)}
                onChange={() => toggle(who.external_id)}
                className="size-5 accent-(--accent-fill)"
              />
              <Avatar name={who.name} network={outcome.network} size={40} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{who.name}</span>
                <span className="block truncate text-[13px] text-ink-3">{who.handle}</span>
                {who.missing.length > 0 && (
                  <span className="block text-[13px] text-warn">
                    {t('connect.lacks', { list: who.missing.join(', ') })}
                  </span>
                )}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {connect.error && (
        <div className="mt-4">
          <Trouble error={connect.error} />
        </div>
      )}
    </Dialog>
  );
}
