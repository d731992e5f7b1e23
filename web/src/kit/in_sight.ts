import { useEffect, useRef } from 'react';

// A row that scrolls sideways begins with what is chosen in sight.
export function useChosenInSight<T extends HTMLElement>() {
  const row = useRef<T>(null);
  useEffect(() => {
    const chosen = row.current?.querySelector('[aria-pressed=true], [aria-current=page]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, []);
  return row;
}
