// On a post's own page: the way into the pool, that it is there, and where it came from when the pool made it.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Leaf } from 'lucide-react';
import { api, ask } from '../api/client';
import { t } from '../i18n';
import { MenuItem } from '../kit/menu';
import { Note } from '../kit/note';
import { toastDone, toastError } from '../kit/toast';
import { evergreenQuery, usePool } from './evergreen';

function useStanding(post: string) {
  const pool = useQuery({ ...evergreenQuery, staleTime: 60_000 }).data;
  return {
    isKnown: !!pool,
    isIn: !!pool?.posts.some((p) => p.id === post),
    origin: pool?.posts.find((p) => p.uses.some((use) => use.post === post)),
  };
}

export function EvergreenMark({ post }: { post: string }) {
  const { isIn, origin } = useStanding(post);
  if (origin)
    return (
      <Note title={t('evergreen.from')}>
        <Link to="/posts/$id" params={{ id: origin.id }} className="underline underline-offset-3">
          {origin.title || origin.says || origin.text || t('queue.noText')}
        </Link>
      </Note>
    );
  if (!isIn) return null;
  return (
    <Note title={t('evergreen.inPool')}>
      <Link to="/evergreen" className="underline underline-offset-3">
        {t('evergreen.title')}
      </Link>
    </Note>
  );
}

export function EvergreenItem({ post }: { post: string }) {
  const { isKnown, isIn, origin } = useStanding(post);
  const take = usePool();
  const put = useMutation({
    mutationFn: () => ask(api.PUT('/api/v1/evergreen/{id}', { params: { path: { id: post } }, body: {} })),
    onSuccess: (now) => (take(now), toastDone(t('evergreen.added'))),
    onError: toastError,
  });
  if (!isKnown || isIn || origin) return null;
  return (
    <MenuItem icon={Leaf} note={t('evergreen.addNote')} onSelect={() => put.mutate()}>
      {t('evergreen.add')}
    </MenuItem>
  );
}
