import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { locale } from '../i18n';

export type MediaKind = 'image' | 'video' | 'document';
export type MediaSort = 'newest' | 'oldest' | 'name' | 'largest';
export interface MediaAsked {
  text?: string;
  kind?: MediaKind;
  unused?: boolean;
  below?: boolean; // and in the folders within
  folder?: string; // '' are the files in none; undefined: everywhere
  tag?: string;
  sort?: MediaSort;
}
export const shelfQuery = (asked: MediaAsked) =>
  infiniteQueryOptions({
    queryKey: ['shelf', asked],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/v1/media', { params: { query: { ...asked, originals: true, cursor: pageParam, limit: 60 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const foldersQuery = queryOptions({
  queryKey: ['shelf', 'folders'],
  queryFn: () => ask(api.GET('/api/v1/media/folders')).then((list) => list.items),
});
export const tagsQuery = queryOptions({
  queryKey: ['shelf', 'tags'],
  queryFn: () => ask(api.GET('/api/v1/media/tags')).then((list) => list.items),
});
export const unfinishedQuery = queryOptions({
  queryKey: ['shelf', 'uploads'],
  queryFn: () => ask(api.GET('/api/v1/uploads')).then((list) => list.items),
  staleTime: 0,
});
export type Folder = { path: string; files: number };
export const lastOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
export const above = (path: string) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');

// One file with the posts that use it: never from memory, posts change.
export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: ['shelf', 'file', id],
    queryFn: () => ask(api.GET('/api/v1/media/{id}', { params: { path: { id } } })),
    staleTime: 0,
  });

// "182 kB", in steps of a thousand.
export function size(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: units[step],
    unitDisplay: step ? 'short' : 'long',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}

// "12 MB/s"
export const speed = (bytes: number) =>
  new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: bytes < 1e6 ? 'kilobyte-per-second' : 'megabyte-per-second',
    unitDisplay: 'short',
    maximumFractionDigits: bytes < 1e7 && bytes >= 1e6 ? 1 : 0,
  }).format(bytes / (bytes < 1e6 ? 1e3 : 1e6));

// "0:42"
export const length = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, '0')}`;
