import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { cx } from '../kit/cx';

const lineClasses: Record<number, string> = {
  2: 'line-clamp-2',
  3: 'line-clamp-3',
  5: 'line-clamp-5',
  12: 'line-clamp-[12]',
};

// Cuts after some lines, as the network does, and opens on a click.
export function Clamp({
  lines,
  more,
  children,
  className,
}: {
  lines: 2 | 3 | 5 | 12;
  more: string;
  children: ReactNode;
  className?: string;
}) {
  const ref = useRef<HTMLParagraphElement>(null);
  const [cut, setCut] = useState(false);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    const p = ref.current!;
    if (!open) setCut(p.scrollHeight > p.clientHeight + 2);
  }, [children, open]);
  return (
    <>
      <p ref={ref} className={cx(className, !open && lineClasses[lines])}>
        {children}
      </p>
      {cut && !open && (
        <button type="button" className="font-semibold hover:underline" onClick={() => setOpen(true)}>
          {more}
        </button>
      )}
    </>
  );
}
