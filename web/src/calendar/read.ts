// Reading the calendar: the filters as they stand in the address, and every page of the span.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ask, type PostState, type TargetView } from '../api/client';
import { addDays, isDay } from '../kit/days';
import { placed, type Entry } from './entries';
import { daysOf, isView, momentOf, today, type View } from './range';
import { filterNames, readSearch, type Search } from './search';

export const viewOf = (search: Search): View => (isView(search.view) ? search.view : 'month');
export const dayOfSearch = (search: Search) => (isDay(search.on) ? search.on : today());

// As the server takes them.
export const filterOf = (search: Search) => ({
  account: search.account?.split(','),
  network: search.network,
  state: search.state?.split(',') as PostState[] | undefined,
  tag: search.tag,
  campaign: search.campaign,
  text: search.text,
});

export interface Calendar {
  entries: Entry[];
  accounts: Map<string, TargetView>;
}

export function calendarQuery(search: Search, view: View, on: string) {
  const days = daysOf(view, on);
  const span = { from: momentOf(days[0]!), until: momentOf(addDays(days.at(-1)!, 1)) };
  const query = { ...filterOf(search), ...span };
  return queryOptions({
    queryKey: ['calendar', query],
    queryFn: async ({ signal }): Promise<Calendar> => {
      const entries: Entry[] = [];
      const accounts = new Map<string, TargetView>();
      for (let cursor: string | undefined; ; ) {
        const page = await ask(api.GET('/api/v1/posts/calendar', { params: { query: { ...query, cursor } }, signal }));
        for (const entry of page.items) entries.push(placed(entry));
        for (const account of page.accounts) accounts.set(account.account, account);
        if (!page.next) return { entries, accounts };
        cursor = page.next;
      }
    },
    placeholderData: keepPreviousData,
  });
}

// The address of an export of the same span and filters.
export function exportOf(form: 'calendar.ics' | 'export.csv', search: Search, view: View, on: string): string {
  const days = daysOf(view, on);
  const words = new URLSearchParams({ from: momentOf(days[0]!), until: momentOf(addDays(days.at(-1)!, 1)) });
  for (const name of filterNames) if (search[name]) words.set(name, search[name]);
  return `/api/v1/posts/${form}?${words}`;
}

const remembered = 'carillon.calendar';
export function remember(search: Search) {
  try {
    localStorage.setItem(remembered, JSON.stringify({ ...search, on: undefined, text: undefined }));
  } catch {
    // Then the next visit begins with the month.
  }
}
export function recalled(): Search {
  try {
    return readSearch(JSON.parse(localStorage.getItem(remembered) ?? '{}') as Record<string, unknown>);
  } catch {
    return {};
  }
}
