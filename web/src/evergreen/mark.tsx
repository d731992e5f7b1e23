// On a post's own page: into the pool or out of it, and where it came from when the pool made it.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Leaf } from 'lucide-react';
import { api, ask } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Note } from '../kit/note';
import { toastDone, toastError } from '../kit/toast';
import { evergreenQuery, usePool } from './evergreen';

export function EvergreenMark({ post }: { post: string }) {
  const pool = useQuery({ ...evergreenQuery, staleTime: 60_000 }).data;
  const take = usePool();
  const params = { path: { id: post } };
  const put = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/evergreen/{id}', { params, body: {} })),
    onSuccess: (now) => (take(now), toastDone(t('evergreen.added'))),
    onError: toastError,
  });
  if (!pool) return null;
  const origin = pool.posts.find((p) => p.uses.some((use) => use.post === post));
  if (origin)
    return (
      <Note title={t('evergreen.from')}>
        <Link to="/posts/$id" params={{ id: origin.id }} className="underline underline-offset-3">
          {origin.title || origin.text || t('queue.noText')}
        </Link>
      </Note>
    );
  if (pool.posts.some((p) => p.id === post))
    return (
      <Note title={t('evergreen.inPool')}>
        <Link to="/evergreen" className="underline underline-offset-3">
          {t('evergreen.title')}
        </Link>
      </Note>
    );
  return (
    <Button size="sm" look="plain" icon={Leaf} busy={put.isPending} onClick={() => put.mutate()} className="justify-self-start">
      {t('evergreen.add')}
    </Button>
  );
}
