import { useQueryClient } from '@tanstack/react-query';
import type { Post } from '../api/client';

// Puts the answer where the screens read it.
export function useTake() {
  const queries = useQueryClient();
  return (post: Post) => {
    queries.setQueryData(['post', post.id], (old: Post | undefined) => ({
      ...post,
      deliveries: post.deliveries ?? old?.deliveries,
    }));
    for (const queryKey of [['posts'], ['post', post.id], ['delivery'], ['system']])
      void queries.invalidateQueries({ queryKey });
  };
}
