// What the page reads, each under one name, so that live events can say what to read again.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ask, Problem, type PostState } from './client';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => ask(api.GET('/api/v1/session')),
  staleTime: 60_000,
});
export const networksQuery = queryOptions({
  queryKey: ['networks'],
  queryFn: async () => (await ask(api.GET('/api/v1/networks'))).items,
  staleTime: 10 * 60_000,
});
export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async () => (await ask(api.GET('/api/v1/accounts'))).items,
});
export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: () => ask(api.GET('/api/v1/system')),
  refetchInterval: 15_000,
});

export const sandboxQuery = queryOptions({
  queryKey: ['sandbox'],
  queryFn: () => ask(api.GET('/api/v1/sandbox')),
});

export interface PostFilter {
  state?: PostState[];
  text?: string;
  account?: string[];
  tag?: string;
  campaign?: string;
  order?: 'oldest' | 'newest';
}
export const postsQuery = (filter: PostFilter) =>
  infiniteQueryOptions({
    queryKey: ['posts', filter],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/v1/posts', { params: { query: { ...filter, cursor: pageParam, limit: 30 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const postQuery = (id: string) =>
  queryOptions({
    queryKey: ['post', id],
    queryFn: () => ask(api.GET('/api/v1/posts/{id}', { params: { path: { id } } })),
  });
export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['delivery', id],
    queryFn: () => ask(api.GET('/api/v1/deliveries/{id}', { params: { path: { id } } })),
  });
export const mediaQuery = (id: string) =>
  queryOptions({
    queryKey: ['media', id],
    queryFn: () => ask(api.GET('/api/v1/media/{id}', { params: { path: { id } } })),
    staleTime: Infinity,
  });
export const noticesQuery = infiniteQueryOptions({
  queryKey: ['notices'],
  queryFn: ({ pageParam }) => ask(api.GET('/api/v1/notices', { params: { query: { cursor: pageParam, limit: 40 } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});
export const queueQuery = queryOptions({
  queryKey: ['queue'],
  queryFn: () => ask(api.GET('/api/v1/queue', { params: { query: { days: 14 } } })),
});
export const slotsQuery = (account: string) =>
  queryOptions({
    queryKey: ['slots', account],
    queryFn: () => ask(api.GET('/api/v1/accounts/{id}/slots', { params: { path: { id: account } } })),
    staleTime: 0,
  });
// The slots that a post for these accounts would get now.
export const nextSlotQuery = (accounts: string[]) =>
  queryOptions({
    queryKey: ['queue', 'next', accounts],
    queryFn: () => ask(api.GET('/api/v1/queue/next', { params: { query: { accounts } } })),
    retry: false,
    staleTime: 0,
  });
export const seriesListQuery = queryOptions({
  queryKey: ['series'],
  queryFn: async () => (await ask(api.GET('/api/v1/series'))).items,
  staleTime: 60_000,
});
// The series of one post; null when it belongs to none.
export const seriesQuery = (post: string) =>
  queryOptions({
    queryKey: ['series', post],
    queryFn: async () => {
      try {
        return await ask(api.GET('/api/v1/posts/{id}/series', { params: { path: { id: post } } }));
      } catch (error) {
        if (error instanceof Problem && error.status === 409) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
