// What this place reads: people, keys, my sessions, the record of who did what.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components } from '#contract';
import { api, ask } from '../api/client';

type Schemas = components['schemas'];
export type User = Schemas['User'];
export type Role = Schemas['Role'];
export type Permission = Schemas['Permission'];
export type Session = Schemas['Session'];
export type ApiKey = Schemas['ApiKey'];
export type AuditEntry = Schemas['AuditEntry'];

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async () => (await ask(api.GET('/api/v1/users'))).items,
});
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await ask(api.GET('/api/v1/sessions'))).items,
});
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async () => (await ask(api.GET('/api/v1/keys'))).items,
});
export interface AuditAsked {
  about?: string;
  by?: string;
}
export const auditQuery = (asked: AuditAsked) =>
  infiniteQueryOptions({
    queryKey: ['audit', asked],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/v1/audit', { params: { query: { ...asked, cursor: pageParam, limit: 40 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });

export const nameOf = (user: { name: string; email: string }) => user.name || user.email;
