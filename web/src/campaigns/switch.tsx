// The switch of a campaign: what will stop is said before it stops, what became late before it goes on.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { CirclePlay, CircleStop, Copy, Ellipsis, Flag, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { meQuery } from '../api/queries';
import { t } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { Confirm } from '../kit/dialog';
import { Menu, MenuItem, MenuLine } from '../kit/menu';
import { Note } from '../kit/note';
import { toastDone, toastError } from '../kit/toast';
import { CampaignForm, CopyForm } from './form';
import type { CampaignView } from './read';

type Asking = 'stop' | 'resume' | 'end' | 'remove' | 'edit' | 'copy' | null;
type Verb = 'stop' | 'resume' | 'end';

function useSwitch(view: CampaignView, done: () => void) {
  const queries = useQueryClient();
  const params = { path: { id: view.id } };
  return useMutation({
    mutationFn: (verb: Verb) =>
      ask(
        verb === 'stop'
          ? api.POST('/api/v1/campaigns/{id}/stop', { params })
          : verb === 'resume'
            ? api.POST('/api/v1/campaigns/{id}/resume', { params })
            : api.POST('/api/v1/campaigns/{id}/end', { params }),
      ),
    onSuccess: (now, verb) => {
      queries.setQueryData(['campaign', view.id], now);
      for (const queryKey of [['campaigns'], ['posts'], ['post'], ['calendar']]) void queries.invalidateQueries({ queryKey });
      const said = { stop: 'campaign.stopped', resume: 'campaign.resumed', end: 'campaign.ended' } as const;
      toastDone(t(said[verb], { name: view.name }));
    },
    onError: toastError,
    onSettled: done,
  });
}

export function Controls({ view }: { view: CampaignView }) {
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const act = useSwitch(view, close);
  return (
    <>
      {view.state === 'active' ? (
        <Button look="danger" icon={CircleStop} onClick={() => setAsking('stop')}>
          {t('campaign.stop')}
        </Button>
      ) : (
        <Button look="primary" icon={CirclePlay} onClick={() => setAsking('resume')}>
          {t('campaign.resume')}
        </Button>
      )}
      <Menu trigger={<IconButton icon={Ellipsis} label={t('campaign.more')} />}>
        <MenuItem icon={PencilLine} onSelect={() => setAsking('edit')}>
          {t('campaign.edit')}
        </MenuItem>
        <MenuItem icon={Copy} onSelect={() => setAsking('copy')}>
          {t('campaign.copy')}
        </MenuItem>
        <MenuLine />
        {view.state !== 'ended' && (
          <MenuItem icon={Flag} onSelect={() => setAsking('end')}>
            {t('campaign.end')}
          </MenuItem>
        )}
        <MenuItem icon={Trash2} danger onSelect={() => setAsking('remove')}>
          {t('campaign.remove')}
        </MenuItem>
      </Menu>
      {asking === 'stop' && <AskStop view={view} busy={act.isPending} onYes={() => act.mutate('stop')} onClose={close} />}
      {asking === 'resume' && (
        <Confirm
          title={t('campaign.resumeTitle', { name: view.name })}
          action={t('campaign.resume')}
          busy={act.isPending}
          onConfirm={() => act.mutate('resume')}
          onClose={close}
        >
          <Fate view={view} />
        </Confirm>
      )}
      {asking === 'end' && (
        <Confirm
          title={t('campaign.endTitle', { name: view.name })}
          action={t('campaign.end')}
          busy={act.isPending}
          onConfirm={() => act.mutate('end')}
          onClose={close}
        >
          {t('campaign.endText')}
        </Confirm>
      )}
      {asking === 'remove' && <AskRemove view={view} onClose={close} />}
      {asking === 'edit' && <CampaignForm campaign={view} onClose={close} />}
      {asking === 'copy' && <CopyForm campaign={view} onClose={close} />}
    </>
  );
}

interface AskProps {
  view: CampaignView;
  busy: boolean;
  onYes: () => void;
  onClose: () => void;
}

function AskStop({ view, busy, onYes, onClose }: AskProps) {
  const { waiting, in_flight, uncertain } = view.deliveries;
  return (
    <Confirm
      title={t('campaign.stopTitle', { name: view.name })}
      action={t('campaign.stop')}
      danger
      busy={busy}
      onConfirm={onYes}
      onClose={onClose}
    >
      <p>{t('campaign.stopText')}</p>
      <ul className="mt-3 grid list-disc gap-1 pl-5">
        <li>{waiting ? t('campaign.stopWaiting', { n: waiting }) : t('campaign.nothingWaits')}</li>
        {in_flight + uncertain > 0 && <li>{t('campaign.stopFlight', { n: in_flight + uncertain })}</li>}
      </ul>
      <p className="mt-3">
        {t('campaign.stopAll')}{' '}
        <Link to="/system" className="font-medium text-accent underline">
          {t('campaign.stopAllLink')}
        </Link>
      </p>
    </Confirm>
  );
}

// What would become of what waits, as the server counts it.
export function Fate({ view }: { view: CampaignView }) {
  const { on_time, late } = view.resume;
  const lines = [
    on_time > 0 && t('campaign.onTime', { n: on_time }),
    late.ask > 0 && t('campaign.lateAsk', { n: late.ask }),
    late.skip > 0 && t('campaign.lateSkip', { n: late.skip }),
    late.next_slot > 0 && t('campaign.lateSlot', { n: late.next_slot }),
  ].filter((line) => line !== false);
  if (lines.length === 0) return <p>{t('campaign.nothingWaits')}</p>;
  return (
    <ul className="grid list-disc gap-1 pl-5">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function AskRemove({ view, onClose }: { view: CampaignView; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/campaigns/{id}', { params: { path: { id: view.id } } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['campaigns'] });
      toastDone(t('campaign.removed', { name: view.name }));
      void navigate({ to: '/campaigns' });
    },
    onError: (error) => {
      toastError(error);
      onClose();
    },
  });
  return (
    <Confirm
      title={t('campaign.removeTitle', { name: view.name })}
      action={t('campaign.remove')}
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {t('campaign.removeText')}
    </Confirm>
  );
}

// Said at the top for as long as nothing goes out.
export function StoppedNote({ view }: { view: CampaignView }) {
  const held = useQuery(meQuery).data?.held;
  if (view.state !== 'stopped' && !held) return null;
  return (
    <Note
      tone="warn"
      role="status"
      className="mb-6"
      title={view.state === 'stopped' ? t('campaign.stoppedTitle') : t('campaign.heldTitle')}
    >
      {view.state === 'stopped' && (
        <>
          <p>{t('campaign.ifResumed')}</p>
          <Fate view={view} />
        </>
      )}
    </Note>
  );
}
