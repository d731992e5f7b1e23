import { Link } from '@tanstack/react-router';
import { FileClock } from 'lucide-react';
import { useState } from 'react';
import { forgetDraft, keptDrafts } from '../compose/keep';
import { t } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { Ago } from '../kit/time';

// Texts that were begun on this device and neither saved nor thrown away: a closed tab loses nothing.
export function Unfinished() {
  const [drafts, setDrafts] = useState(keptDrafts);
  const draft = drafts[0];
  if (!draft) return null;
  const text = draft.global.parts.map((p) => p.text).find(Boolean) ?? t('posts.noText');
  return (
    <div className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-line bg-raised px-4 py-3">
      <FileClock size={20} aria-hidden className="text-accent" />
      <p className="min-w-0 flex-1 basis-60 text-sm">
        <b className="font-semibold">{t('unfinished.title')}</b>{' '}
        <span className="text-ink-3">
          <Ago at={new Date(draft.savedAt).toISOString()} />
        </span>
        <span className="line-clamp-1 text-ink-2">{text}</span>
      </p>
      <div className="flex gap-2">
        <Button
          look="plain"
          size="sm"
          onClick={() => {
            forgetDraft(draft.key);
            setDrafts(keptDrafts());
          }}
        >
          {t('unfinished.discard')}
        </Button>
        {draft.post ? (
          <Link to="/posts/$id/edit" params={{ id: draft.post }} className={buttonClass('quiet', 'sm')}>
            {t('unfinished.continue')}
          </Link>
        ) : (
          <Link to="/compose" search={{ draft: draft.key }} className={buttonClass('quiet', 'sm')}>
            {t('unfinished.continue')}
          </Link>
        )}
      </div>
    </div>
  );
}
