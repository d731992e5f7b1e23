import { cx } from '../kit/cx';

// One keyboard, many bells: a great bell and a small one that is ringing.
export const Mark = ({ size = 28, className }: { size?: number; className?: string }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className={cx('shrink-0', className)}>
    <rect width="32" height="32" rx="9" fill="#0b5f6b" />
    <path d="M5.500 7.500h21" stroke="#fff" strokeOpacity=".55" strokeWidth="1.500" strokeLinecap="round" />
    <path d="M12 7.500v2.500M22.500 7.500v2" stroke="#fff" strokeOpacity=".55" strokeWidth="1.500" />
    <path
      d="M4.800 22.300c2.200-1.700 2.700-3.600 2.700-7.500a4.500 4.500 0 0 1 9 0c0 3.900.5 5.800 2.700 7.500z"
      fill="#fff"
    />
    <circle cx="12" cy="24.800" r="1.700" fill="#fff" />
    <g transform="rotate(-12 22.500 9)">
      <path
        d="M18.500 17.600c1.300-1 1.600-2.100 1.600-4.400a2.400 2.400 0 0 1 4.800 0c0 2.300.3 3.400 1.600 4.400z"
        fill="#f2b84b"
      />
      <circle cx="22.500" cy="19.300" r="1.150" fill="#f2b84b" />
    </g>
  </svg>
);

export const Wordmark = ({ className }: { className?: string }) => (
  <span className={cx('inline-flex items-center gap-2.5', className)}>
    <Mark />
    <span className="text-[17px] font-semibold tracking-tight">Carillon</span>
  </span>
);
