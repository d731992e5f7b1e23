import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../api/client';
import { t, tx } from '../i18n';
import { Button } from '../kit/button';
import { Confirm } from '../kit/dialog';
import { Avatar } from '../networks/avatar';
import type { PartDraft } from './draft';

// A target that follows the Global text: shown, not edited, until it is detached.
export function Locked({ target, content, onDetach }: { target: Account; content: PartDraft[]; onDetach: () => void }) {
  return (
    <div className="grid gap-4 px-4 py-5 sm:px-5">
      <div className="flex flex-wrap items-center gap-3 rounded-lg bg-sunken px-3.5 py-3 text-sm">
        <p className="min-w-0 flex-1 basis-52 text-ink-2 [&_b]:font-semibold [&_b]:text-ink">
          {tx('compose.follows', { name: <b>{target.name}</b> })}
        </p>
        <Button size="sm" onClick={onDetach}>
          {t('compose.detach', { name: target.name })}
        </Button>
      </div>
      {content.map((part) => (
        <p key={part.key} className="min-h-24 text-[17px] leading-relaxed break-words whitespace-pre-wrap text-ink-3">
          {part.text || t('compose.nothingYet')}
        </p>
      ))}
    </div>
  );
}

// The bar above an own version, with the way back.
export function OwnBar({ target, onBack }: { target: Account; onBack: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-3 rounded-lg bg-accent-soft px-3.5 py-2 text-sm">
      <Avatar name={target.name} network={target.network} size={24} />
      <p className="min-w-0 flex-1 basis-40 font-medium text-accent">{t('compose.own', { name: target.name })}</p>
      <Button size="sm" icon={Undo2} onClick={() => setAsking(true)}>
        {t('compose.reattach')}
      </Button>
      {asking && (
        <Confirm
          title={t('compose.reattachTitle')}
          action={t('compose.reattach')}
          danger
          onClose={() => setAsking(false)}
          onConfirm={() => (setAsking(false), onBack())}
        >
          {t('compose.reattachText', { name: target.name })}
        </Confirm>
      )}
    </div>
  );
}
