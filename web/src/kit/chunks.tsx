// A long list of which only what is near the screen exists: pieces that go out of sight leave an empty box of the
// same height behind, and come back when they come near.
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface Props<T> {
  items: T[];
  size: number; // items of a piece
  height: number; // of an item that was never seen, in pixels
  render: (some: T[], first: number) => ReactNode;
}

export function Chunks<T>({ items, size, height, render }: Props<T>) {
  const pieces = Math.ceil(items.length / size);
  if (pieces <= 2) return <>{render(items, 0)}</>;
  return (
    <>
      {Array.from({ length: pieces }, (_, i) => {
        const some = items.slice(i * size, (i + 1) * size);
        return (
          <Piece key={i} early={i < 2} height={some.length * height}>
            {() => render(some, i * size)}
          </Piece>
        );
      })}
    </>
  );
}

const near = '900px 0px';

function Piece({ early, height, children }: { early: boolean; height: number; children: () => ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(early);
  const measured = useRef(height);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const shown = entries.at(-1)!.isIntersecting;
        // What has the focus stays, or the keyboard would be lost.
        if (shown || !ref.current?.contains(document.activeElement)) setSeen(shown);
      },
      { rootMargin: near },
    );
    observer.observe(ref.current!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (seen) measured.current = ref.current!.offsetHeight;
  });
  return (
    <div ref={ref} data-piece={seen ? 'seen' : 'away'} style={seen ? undefined : { height: measured.current }}>
      {seen && children()}
    </div>
  );
}
