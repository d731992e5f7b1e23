// Uploads that this browser began and did not end: the same file, chosen again, goes on where it was.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { PauseCircle } from 'lucide-react';
import { discard } from '../api/upload';
import { forgetId, isOurs } from '../api/upload_memory';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { At } from '../kit/time';
import { toastError } from '../kit/toast';
import { size, unfinishedQuery } from './read';
import type { Sending } from './uploads';

export function Unfinished({ running, onPick }: { running: Sending[]; onPick: () => void }) {
  const queries = useQueryClient();
  const { data = [] } = useQuery(unfinishedQuery);
  const drop = useMutation({
    mutationFn: (id: string) => discard(id).then(() => forgetId(id)),
    onError: toastError,
    onSettled: () => void queries.invalidateQueries({ queryKey: unfinishedQuery.queryKey }),
  });
  const isRunning = (name: string, bytes: number) =>
    running.some((each) => each.file.name === name && each.file.size === bytes);
  const open = data.filter((each) => isOurs(each.id) && !isRunning(each.name, each.bytes));
  if (open.length === 0) return null;
  return (
    <section aria-label={t('upload.unfinished')} className="card mb-6 divide-y divide-line">
      {open.map((each) => (
        <div key={each.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5" data-unfinished={each.name}>
          <PauseCircle size={20} aria-hidden className="shrink-0 text-warn" />
          <div className="min-w-0 flex-1 basis-60 text-sm">
            <p className="truncate font-medium">{each.name}</p>
            <p className="text-ink-2">
              {t('upload.goOn', { sent: size(each.offset), all: size(each.bytes) })}{' '}
              <span className="text-ink-3">
                {t('upload.until')} <At at={each.expires} />
              </span>
            </p>
          </div>
          <Button size="sm" look="plain" busy={drop.isPending} onClick={() => drop.mutate(each.id)}>
            {t('upload.discard')}
          </Button>
          <Button size="sm" onClick={onPick}>
            {t('upload.choose')}
          </Button>
        </div>
      ))}
    </section>
  );
}
