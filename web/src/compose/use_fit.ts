// One click that makes a file fit: the copy is made, and takes the place of the original for that account only.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, type Dispatch } from 'react';
import { t } from '../i18n';
import { toastDone, toastError } from '../kit/toast';
import type { Change, Draft } from './draft';
import { makeCopy, readShelf, Stopped, stopCopy, type Repair } from './fit';

export interface Running {
  key: string;
  label: string;
  share: number;
  conversion?: string; // once it can be stopped
}
export interface Fitting {
  account: string;
  name: string; // of the network
  repair: Repair;
}

export function useFit(dispatch: Dispatch<Change>) {
  const [running, setRunning] = useState<Running[]>([]);
  const queries = useQueryClient();
  const one = useCallback(
    async ({ account, repair }: Fitting) => {
      const key = `${account} ${repair.part} ${repair.index} ${repair.cover}`;
      const say = (change: Partial<Running>) =>
        setRunning((all) => all.map((each) => (each.key === key ? { ...each, ...change } : each)));
      setRunning((all) => [...all.filter((each) => each.key !== key), { key, label: repair.label, share: 0 }]);
      try {
        const file = await makeCopy(
          repair.media,
          { recipe: repair.recipe },
          { onBegun: (conversion) => say({ conversion }), onProgress: (share) => say({ share }) },
        );
        dispatch({ do: 'fit', account, part: repair.part, index: repair.index, cover: repair.cover, file });
        return true;
      } catch (error) {
        if (!(error instanceof Stopped)) toastError(error);
        return false;
      } finally {
        setRunning((all) => all.filter((each) => each.key !== key));
      }
    },
    [dispatch],
  );
  const fit = useCallback(
    async (all: Fitting[], before: Draft) => {
      let done = 0;
      for (const each of all) done += (await one(each)) ? 1 : 0; // one after the other: the workshop has one bench
      readShelf(queries);
      if (done)
        toastDone(t('fit.done', { n: done }), {
          label: t('undo'),
          run: () => dispatch({ do: 'replace', draft: before }),
        });
    },
    [dispatch, one, queries],
  );
  const stop = useCallback((conversion: string) => void stopCopy(conversion).catch(toastError), []);
  return { running, fit, stop };
}
