// What a post has to do with others like it: the mark in lists, and on its own page how it repeats and how to stop that.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Repeat2 } from 'lucide-react';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { seriesListQuery, seriesQuery } from '../api/queries';
import { repeatWords } from '../compose/repeat_words';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Confirm } from '../kit/dialog';
import { Note } from '../kit/note';
import { toastDone, toastError } from '../kit/toast';

export function RepeatMark({ post }: { post: string }) {
  const all = useQuery(seriesListQuery).data ?? [];
  const series = all.find((s) => s.posts.some((p) => p.id === post));
  if (!series) return null;
  const words = repeatWords(series.rule);
  return (
    <span className="inline-flex items-center gap-1.5" title={words}>
      <Repeat2 size={14} aria-hidden />
      <span className="sr-only">{t('repeat.mark', { words })}</span>
      <span aria-hidden className="hidden sm:inline">
        {words}
      </span>
    </span>
  );
}

export function Repeats({ post }: { post: string }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const series = useQuery(seriesQuery(post)).data;
  const stop = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/posts/{id}/repeat', { params: { path: { id: post } } })),
    onSuccess: () => toastDone(t('repeat.stopped')),
    onError: toastError,
    onSettled: () => {
      setAsking(false);
      for (const key of ['series', 'posts', 'post', 'queue']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  if (!series) return null;
  const here = series.posts.findIndex((p) => p.id === post);
  const after = series.posts.length - here - 1;
  const own = series.posts[here]?.own;
  return (
    <Note
      title={t('repeat.mark', { words: repeatWords(series.rule) })}
      actions={
        !series.ended || after > 0 ? (
          <Button size="sm" onClick={() => setAsking(true)}>
            {t('repeat.stop')}
          </Button>
        ) : undefined
      }
    >
      {after > 0 ? t('repeat.ahead', { n: after }) : t('repeat.lastOne')} {own && t('repeat.own')}
      {asking && (
        <Confirm
          title={t('repeat.stopTitle')}
          action={t('repeat.stop')}
          danger
          busy={stop.isPending}
          onConfirm={() => stop.mutate()}
          onClose={() => setAsking(false)}
        >
          {t('repeat.stopText', { n: after })}
        </Confirm>
      )}
    </Note>
  );
}
