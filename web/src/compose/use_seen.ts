// Which previews were looked at: whoever had a good part of one on the screen for a moment has seen it.
import { useCallback, useEffect, useState, type RefObject } from 'react';

export function useSeen() {
  const [seen, setSeen] = useState<string[]>([]);
  const onSeen = useCallback(
    (account: string) => setSeen((all) => (all.includes(account) ? all : [...all, account])),
    [],
  );
  return { seen, onSeen };
}

export function useWatch(list: RefObject<HTMLElement | null>, accounts: string[], onSeen: (account: string) => void) {
  const known = accounts.join(' ');
  useEffect(() => {
    const waiting = new Map<Element, ReturnType<typeof setTimeout>>();
    const watch = new IntersectionObserver(
      (entries) =>
        entries.forEach(({ target, isIntersecting }) => {
          clearTimeout(waiting.get(target));
          const account = target.getAttribute('data-target');
          if (isIntersecting && account) waiting.set(target, setTimeout(() => onSeen(account), 400));
        }),
      { threshold: 0.3 },
    );
    list.current?.querySelectorAll('[data-target]').forEach((card) => watch.observe(card));
    return () => (watch.disconnect(), waiting.forEach((timer) => clearTimeout(timer)));
  }, [list, known, onSeen]);
}
