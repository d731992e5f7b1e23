// A table on its way: looked at whenever it changes, then made of; its wrong rows stay to be mended.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { toastDone, toastError } from '../kit/toast';
import { useKeptTable } from './kept_table';
import { isWrong, onlyRows, type LookedResult, type LookedRow } from './looked';
import { parseTable, tableText, withCell } from './table';

interface Ways<Order, Result> {
  kept: string; // where the table stays on this device
  asks: (order: Order & { csv: string; dry_run?: boolean }) => Promise<Result>;
  changes: string[]; // what is to be read again afterwards
  done: (n: number) => string;
}

export function useImport<Order extends object, Result extends LookedResult<LookedRow>>(
  order: Order,
  { kept, asks, changes, done }: Ways<Order, Result>,
) {
  const queries = useQueryClient();
  const [csv, setCsv] = useKeptTable(kept);
  const asked = useDeferredValue(JSON.stringify({ ...order, csv }));
  const look = useQuery({
    queryKey: ['import', kept, asked],
    queryFn: () => asks({ ...(JSON.parse(asked) as Order & { csv: string }), dry_run: true }),
    enabled: csv.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
  const make = useMutation({
    mutationFn: () => asks({ ...order, csv }),
    onSuccess: (result) => {
      for (const key of [...changes, 'import']) void queries.invalidateQueries({ queryKey: [key] });
      toastDone(done(result.counts.imported));
      setCsv(onlyRows(csv, result.rows.filter(isWrong))); // what was made is no business of this table any more
    },
    onError: toastError,
  });
  return {
    csv,
    setCsv,
    look,
    result: csv.trim() ? look.data : undefined,
    made: make.data?.counts.imported ?? 0,
    table: parseTable(csv),
    onMend: (line: number, column: string, text: string) =>
      setCsv(tableText(withCell(parseTable(csv), line, column, text))),
    // For Looked.
    hand: {
      csv,
      making: make.isPending,
      looking: look.isFetching,
      onMake: () => make.mutate(),
      onAway: () => setCsv(''),
    },
  };
}
