// Writing something down and reading it back, on a click: does what keeps everything work, and how quickly?
import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { api, ask } from '../api/client';
import { meQuery } from '../api/queries';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Trouble } from '../kit/note';

export function StorageTest() {
  const may = useQuery(meQuery).data?.permissions.includes('system.manage') ?? false;
  const test = useMutation({ mutationFn: () => ask(api.POST('/api/v1/system/storage/test')) });
  if (!may) return null;
  return (
    <div className="flex flex-wrap items-start gap-x-5 gap-y-3 border-t border-line pt-4 md:col-span-2">
      <Button size="sm" busy={test.isPending} onClick={() => test.mutate()}>
        {t('storage.test')}
      </Button>
      <div role="status" className="min-w-0 flex-1 basis-60 text-sm">
        {test.data && (
          <ul className="grid gap-1.5">
            {test.data.items.map((item) => (
              <li key={item.name} className="flex items-start gap-2">
                {item.ok ? (
                  <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-ok" />
                ) : (
                  <CircleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-bad" />
                )}
                <span className="min-w-0 break-words">
                  <span className="sr-only">{t(item.ok ? 'storage.fine' : 'storage.broken')}: </span>
                  {item.text}
                </span>
              </li>
            ))}
          </ul>
        )}
        {test.error && <Trouble error={test.error} />}
      </div>
    </div>
  );
}
