// What the server says about the composition, asked 250 ms after the last change. All counts, limits and findings of
// the composer come from here.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { api, ask } from '../api/client';
import { checkOf, type Draft } from './draft';

function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

export function useCheck(draft: Draft, seen: string[]) {
  const text = useMemo(() => JSON.stringify(checkOf(draft, seen)), [draft, seen]);
  const settled = useSettled(text, 250);
  const check = useQuery({
    queryKey: ['check', settled],
    queryFn: ({ signal }) => ask(api.POST('/api/v1/posts/check', { body: JSON.parse(settled), signal })),
    placeholderData: keepPreviousData,
    enabled: draft.targets.length > 0,
    staleTime: 30_000,
    gcTime: 60_000,
  });
  const report = draft.targets.length ? check.data : undefined;
  return { report, fresh: settled === text && !check.isPlaceholderData && !check.isFetching, error: check.error };
}
