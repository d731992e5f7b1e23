// What the toolbox holds, each under the name that live events use.
import { queryOptions } from '@tanstack/react-query';
import type { components } from '#contract';
import { api, ask } from '../api/client';

type Schemas = components['schemas'];
export type HashtagGroup = Schemas['HashtagGroup'];
export type HashtagSuggestions = Schemas['HashtagSuggestions'];
export type Variable = Schemas['Variable'];
export type BuiltIn = Schemas['VariableList']['built_in'][number];
export type PlanningRules = Schemas['PlanningRules'];
export type Blackout = Schemas['Blackout'];
export type ClosedDay = Schemas['BlackoutDays']['items'][number];
export type Utm = Schemas['Utm'];
export type LinkPlace = Schemas['LinkPlace'];

export const groupsQuery = queryOptions({
  queryKey: ['hashtags'],
  queryFn: async () => (await ask(api.GET('/api/v1/hashtags'))).items,
  staleTime: 60_000,
});
// Counted once for the networks of a text; what goes with what is asked again when the tags change.
export const suggestionsQuery = (networks: string[], beside: string[]) =>
  queryOptions({
    queryKey: ['hashtags', 'suggestions', networks, beside],
    queryFn: () =>
      ask(api.GET('/api/v1/hashtags/suggestions', { params: { query: { networks, beside } } })),
    staleTime: 60_000,
  });
export const variablesQuery = queryOptions({
  queryKey: ['variables'],
  queryFn: () => ask(api.GET('/api/v1/variables')),
  staleTime: 60_000,
});
export const planningQuery = queryOptions({
  queryKey: ['planning'],
  queryFn: () => ask(api.GET('/api/v1/planning')),
  staleTime: 60_000,
});
export const blackoutsQuery = queryOptions({
  queryKey: ['blackouts'],
  queryFn: async () => (await ask(api.GET('/api/v1/blackouts'))).items,
});
export const closedDaysQuery = (from: string, until: string) =>
  queryOptions({
    queryKey: ['blackouts', 'days', from, until],
    queryFn: async () => (await ask(api.GET('/api/v1/blackouts/days', { params: { query: { from, until } } }))).items,
    staleTime: 60_000,
  });

// Tags in a text, as the server finds them: for knowing what stands there already.
export const tagsIn = (text: string) => [
  ...new Set([...text.matchAll(/(?<![\p{L}\p{N}_&])#([\p{L}\p{N}\p{M}_]*\p{L}[\p{L}\p{N}\p{M}_]*)/gu)].map((m) => m[1]!)),
];
