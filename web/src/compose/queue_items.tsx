import { useQuery } from '@tanstack/react-query';
import { CalendarPlus, Sparkles } from 'lucide-react';
import { nextSlotQuery } from '../api/queries';
import { t } from '../i18n';
import { MenuItem } from '../kit/menu';
import { wordsFor } from '../kit/toast';
import { wallText } from './wall';

// The two ways into the queue, each with the time it would give now; or why there is none.
export function QueueItems({ targets, onChoose }: { targets: string[]; onChoose: (goal: 'next' | 'best') => void }) {
  const slots = useQuery(nextSlotQuery(targets));
  const refusal = slots.error ? wordsFor(slots.error) : null;
  const note = (slot: { at: { local: string }; text: string } | undefined, why: boolean) =>
    refusal
      ? [refusal.text, refusal.more].filter(Boolean).join(' ')
      : slot
        ? [wallText(slot.at.local), why && slot.text].filter(Boolean).join('. ')
        : t('compose.slotFinding');
  return (
    <>
      <MenuItem
        icon={CalendarPlus}
        disabled={!!refusal}
        note={note(slots.data?.next, false)}
        onSelect={() => onChoose('next')}
      >
        {t('compose.queue')}
      </MenuItem>
      <MenuItem
        icon={Sparkles}
        disabled={!!refusal}
        note={note(slots.data?.best, true)}
        onSelect={() => onChoose('best')}
      >
        {t('compose.best')}
      </MenuItem>
    </>
  );
}
