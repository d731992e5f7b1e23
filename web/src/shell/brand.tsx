import { cx } from '../kit/cx';

// One keyboard, many bells: three bells on a beam, the largest with its clapper showing.
export const Mark = ({ size = 28, className }: { size?: number; className?: string }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className={cx('shrink-0', className)}>
    <rect width="32" height="32" rx="9" fill="#0b5f6b" />
    <path d="M6 8.5h20" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
    <path d="M6.600 20c1.500-1.200 1.900-2.400 1.900-5a3 3 0 0 1 6 0c0 2.600.4 3.800 1.900 5z" fill="#fff" />
    <path d="M17 17.200c.9-.8 1.200-1.600 1.200-3.200a1.900 1.900 0 0 1 3.800 0c0 1.600.3 2.400 1.200 3.200z" fill="#fff" opacity=".88" />
    <path d="M23.700 15.200c.5-.5.7-1 .7-1.900a1.150 1.150 0 0 1 2.300 0c0 .9.2 1.400.7 1.900z" fill="#fff" opacity=".75" />
    <path d="M8.500 9v4M20.100 9v3M25.500 9v2.500M11.500 9v3" stroke="#fff" strokeWidth="1.100" opacity=".55" />
    <circle cx="11.500" cy="22.600" r="1.900" fill="#f2b84b" />
  </svg>
);

export const Wordmark = ({ className }: { className?: string }) => (
  <span className={cx('inline-flex items-center gap-2.5', className)}>
    <Mark />
    <span className="text-[17px] font-semibold tracking-tight">Carillon</span>
  </span>
);
