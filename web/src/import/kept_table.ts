// A table that is being mended stays on this device until it is put away.
import { useEffect, useState } from 'react';

export function useKeptTable(key: string) {
  const [csv, setCsv] = useState(() => sessionStorage.getItem(key) ?? '');
  useEffect(() => {
    try {
      sessionStorage.setItem(key, csv);
    } catch {
      // Too large to keep on this device: still here.
    }
  }, [key, csv]);
  return [csv, setCsv] as const;
}

export function save(text: string, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
