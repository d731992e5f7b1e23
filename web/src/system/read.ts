// What the system page reads beside the report.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { components } from '#contract';
import { api, ask } from '../api/client';

type Schemas = components['schemas'];
export type LogRecord = Schemas['LogRecord'];
export type Level = LogRecord['level'];
export const levels: Level[] = ['debug', 'info', 'warning', 'error'];

export type MailState = Schemas['Mail'];
export type Security = Schemas['MailSecurity'];

export const mailQuery = queryOptions({
  queryKey: ['mail'],
  queryFn: () => ask(api.GET('/api/v1/system/mail')),
  refetchInterval: 15_000,
});

export const logQuery = (asked: { level: Level; text?: string }) =>
  infiniteQueryOptions({
    queryKey: ['log', asked],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/v1/system/log', { params: { query: { ...asked, cursor: pageParam, limit: 100 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
