// Tasks as the server gives them.
import { queryOptions } from '@tanstack/react-query';
import type { components } from '#contract';
import { api, ask } from '../api/client';

export type Task = components['schemas']['Task'];

export const tasksQuery = (state: Task['state'] = 'open', campaign?: string) =>
  queryOptions({
    queryKey: ['tasks', state, campaign ?? ''],
    queryFn: () => ask(api.GET('/api/v1/tasks', { params: { query: { state, campaign } } })),
    staleTime: 30_000,
    refetchInterval: 60_000, // a task becomes due without anybody doing anything
  });
