import type { ReactNode } from 'react';
import { t } from '../i18n';
import { Mark, Wordmark } from '../shell/brand';

// The two doors (set up, sign in): the form on paper, what Carillon is beside it.
export function EntryFrame({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <main id="main" className="mx-auto flex w-full max-w-md flex-col px-5 py-8 sm:px-6 lg:py-12">
        <Wordmark />
        <div className="my-auto py-10">
          <h1 className="text-[28px] leading-tight font-semibold tracking-tight">{title}</h1>
          <p className="mt-2 mb-7 text-ink-2">{lead}</p>
          {children}
        </div>
      </main>
      <aside className="relative hidden overflow-hidden bg-[#0a4b55] text-white lg:block">
        <Bells />
        <div className="relative flex h-full flex-col justify-end p-14">
          <Mark size={44} className="mb-6 rounded-[12px] ring-1 ring-white/25" />
          <p className="max-w-md text-[30px] leading-[1.18] font-semibold tracking-tight text-balance">
            {t('entry.claim')}
          </p>
          <p className="mt-4 max-w-md text-[15px] text-white/80">{t('entry.more')}</p>
        </div>
      </aside>
    </div>
  );
}

// Rows of bells, small at the top and growing: the keyboard of a carillon as a pattern.
const Bells = () => (
  <svg aria-hidden className="absolute inset-0 size-full" preserveAspectRatio="xMidYMin slice" viewBox="0 0 640 900">
    <defs>
      <symbol id="bell" viewBox="0 0 20 24">
        <path d="M10 0v4" stroke="currentColor" strokeWidth="1" />
        <path d="M1 19c2.600-2 3.500-4.200 3.500-9a5.500 5.500 0 0 1 11 0c0 4.800.9 7 3.500 9z" fill="currentColor" />
        <circle cx="10" cy="21.300" r="1.900" fill="currentColor" />
      </symbol>
    </defs>
    {[26, 38, 54, 76, 106].map((size, row) => {
      const y = [60, 120, 200, 305, 440][row]!;
      const count = Math.ceil(700 / (size * 1.35)) + 1;
      return (
        <g key={size}>
          <path d={`M-20 ${y}H660`} stroke="#fff" strokeOpacity=".16" />
          {Array.from({ length: count }, (_, i) => {
            const lit = (i * 7 + row * 5) % 11 === 3;
            return (
              <use
                key={i}
                href="#bell"
                x={-20 + i * size * 1.35 + (row % 2) * size * 0.6}
                y={y}
                width={size}
                height={size * 1.2}
                color={lit ? '#f2b84b' : '#fff'}
                opacity={lit ? 0.95 : 0.07 + row * 0.025}
              />
            );
          })}
        </g>
      );
    })}
  </svg>
);
