// What can be done with all the chosen posts at once.
import { useQuery } from '@tanstack/react-query';
import { CalendarClock, Check, Tag, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { meQuery } from '../api/queries';
import { t } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { Confirm, Dialog } from '../kit/dialog';
import { TextField } from '../kit/field';
import { Trouble } from '../kit/note';
import { toastError } from '../kit/toast';
import type { Entry } from './entries';
import { inBulk, tellOutcome } from './move';

interface Props {
  chosen: Entry[];
  shown: number; // how many could be chosen
  onAll: () => void;
  onNone: () => void;
  onMove: (ids: string[], days: number) => Promise<void>;
  onChanged: () => void;
}

const most = 500; // of one request

export function BulkBar({ chosen, shown, onAll, onNone, onMove, onChanged }: Props) {
  const [dialog, setDialog] = useState<'move' | 'tag' | 'stop' | null>(null);
  const close = () => setDialog(null);
  const ids = chosen.map((entry) => entry.id);
  const n = chosen.length;
  return (
    <div
      role="region"
      aria-label={t('bulk.title')}
      className="rise fixed right-3 bottom-[76px] left-3 z-30 mx-auto flex max-w-3xl flex-wrap items-center gap-2 rounded-xl border border-line bg-surface p-2.5 pl-4 shadow-2 lg:bottom-5 lg:left-64"
    >
      <p aria-live="polite" className="nums mr-auto text-sm font-semibold">
        {t('bulk.chosen', { n })}
        {n < Math.min(shown, most) && (
          <button type="button" onClick={onAll} className="ml-3 font-medium text-accent underline underline-offset-3">
            {t('bulk.all', { n: Math.min(shown, most) })}
          </button>
        )}
      </p>
      <Button size="sm" icon={CalendarClock} disabled={!n} onClick={() => setDialog('move')}>
        {t('bulk.move')}
      </Button>
      <Button size="sm" icon={Tag} disabled={!n} onClick={() => setDialog('tag')}>
        {t('bulk.tag')}
      </Button>
      <Button size="sm" icon={Trash2} disabled={!n} onClick={() => setDialog('stop')}>
        {t('bulk.stop')}
      </Button>
      <ApproveThem chosen={chosen} onChanged={onChanged} onNone={onNone} />
      <IconButton icon={X} label={t('bulk.none')} onClick={onNone} />
      {dialog === 'move' && (
        <MoveBy n={n} onClose={close} onMove={(days) => (close(), void onMove(ids, days).then(onNone))} />
      )}
      {dialog === 'tag' && <TagThem ids={ids} onClose={close} onChanged={onChanged} />}
      {dialog === 'stop' && (
        <Stop chosen={chosen} onClose={close} onChanged={onChanged} onNone={onNone} />
      )}
    </div>
  );
}

// Those of them that wait for approval, for somebody who may give it.
function ApproveThem({ chosen, onChanged, onNone }: Pick<Props, 'chosen' | 'onChanged' | 'onNone'>) {
  const may = useQuery(meQuery).data?.permissions.includes('posts.approve') ?? false;
  const [busy, setBusy] = useState(false);
  const ids = chosen.filter((e) => e.state === 'proposed').map((e) => e.id);
  if (!may || !ids.length) return null;
  const go = async () => {
    setBusy(true);
    try {
      const { done, items } = await inBulk(ids, { action: 'approve' });
      tellOutcome(t('approval.bulkDone', { n: done }), items);
      onChanged();
      onNone();
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  return (
    <Button size="sm" look="primary" icon={Check} busy={busy} onClick={() => void go()}>
      {t('approval.bulk', { n: ids.length })}
    </Button>
  );
}

function MoveBy({ n, onClose, onMove }: { n: number; onClose: () => void; onMove: (days: number) => void }) {
  const [days, setDays] = useState('1');
  const by = Number(days);
  const good = Number.isInteger(by) && by !== 0 && Math.abs(by) <= 3660;
  return (
    <Dialog
      title={t('bulk.moveTitle', { n })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" disabled={!good} onClick={() => onMove(by)}>
            {t('bulk.move')}
          </Button>
        </>
      }
    >
      <p className="mb-4 text-ink-2">{t('bulk.moveText')}</p>
      <div className="flex flex-wrap items-end gap-2">
        <div className="w-28">
          <TextField
            label={t('bulk.days')}
            type="number"
            step={1}
            data-first
            value={days}
            onChange={(e) => setDays(e.target.value)}
            onKeyDown={(e) => e.key === 'Enter' && good && onMove(by)}
          />
        </div>
        {[-7, -1, 1, 7].map((d) => (
          <Button key={d} aria-pressed={by === d} look={by === d ? 'soft' : 'quiet'} onClick={() => setDays(String(d))}>
            {t('bulk.byDays', { n: d > 0 ? `+${d}` : `−${-d}` })}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

function TagThem({ ids, onClose, onChanged }: { ids: string[]; onClose: () => void; onChanged: () => void }) {
  const [tag, setTag] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const put = async (action: 'tag' | 'untag') => {
    setBusy(true);
    setError(null);
    try {
      const { done, items } = await inBulk(ids, { action, tag: tag.trim() });
      tellOutcome(t(action === 'tag' ? 'bulk.tagged' : 'bulk.untagged', { n: done }), items);
      onChanged();
      onClose();
    } catch (problem) {
      setError(problem);
    }
    setBusy(false);
  };
  return (
    <Dialog
      title={t('bulk.tagTitle', { n: ids.length })}
      onClose={onClose}
      footer={
        <>
          <Button disabled={!tag.trim() || busy} onClick={() => void put('untag')}>
            {t('bulk.untag')}
          </Button>
          <Button look="primary" busy={busy} disabled={!tag.trim()} onClick={() => void put('tag')}>
            {t('bulk.tag')}
          </Button>
        </>
      }
    >
      <TextField label={t('filter.tag')} data-first maxLength={50} value={tag} onChange={(e) => setTag(e.target.value)} />
      {error !== null && <Trouble error={error} />}
    </Dialog>
  );
}

// Drafts are deleted, what is planned is canceled; what is out stays out. The counts are said first.
function Stop({
  chosen,
  onClose,
  onChanged,
  onNone,
}: {
  chosen: Entry[];
  onClose: () => void;
  onChanged: () => void;
  onNone: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const drafts = chosen.filter((e) => e.state === 'draft').map((e) => e.id);
  const open = chosen
    .filter((e) => e.state !== 'draft' && e.state !== 'canceled' && e.state !== 'delivered')
    .map((e) => e.id);
  const others = chosen.length - drafts.length - open.length;
  const go = async () => {
    setBusy(true);
    try {
      if (open.length) {
        const { done, items } = await inBulk(open, { action: 'cancel' });
        tellOutcome(t('bulk.canceled', { n: done }), items);
      }
      if (drafts.length) {
        const { done, items } = await inBulk(drafts, { action: 'remove' });
        tellOutcome(t('bulk.removed', { n: done }), items);
      }
      onNone();
    } catch (error) {
      toastError(error);
    }
    onChanged();
    onClose();
  };
  return (
    <Confirm title={t('bulk.stopTitle', { n: chosen.length })} action={t('bulk.stop')} danger busy={busy} onConfirm={() => void go()} onClose={onClose}>
      <ul className="grid list-disc gap-1 pl-5">
        {open.length > 0 && <li>{t('bulk.willCancel', { n: open.length })}</li>}
        {drafts.length > 0 && <li>{t('bulk.willRemove', { n: drafts.length })}</li>}
        {others > 0 && <li>{t('bulk.willStay', { n: others })}</li>}
      </ul>
    </Confirm>
  );
}
