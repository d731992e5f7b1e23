import { cx } from '../kit/cx';
import { NetworkMark } from './look';

const discs = [
  'bg-[#8c4a1f]',
  'bg-[#1f6f5c]',
  'bg-[#4a4fa3]',
  'bg-[#94304f]',
  'bg-[#3d6b1f]',
  'bg-[#6a3d8f]',
  'bg-[#1f5f8c]',
  'bg-[#7a5a10]',
];

function discOf(name: string): string {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)!) >>> 0;
  return discs[sum % discs.length]!;
}

function initials(name: string): string {
  const words = name
    .replace(/^@/, '')
    .split(/[\s._-]+/)
    .filter(Boolean);
  const letters = words.length > 1 ? [words[0]!, words[1]!].map((w) => [...w][0]!) : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toUpperCase();
}

interface Props {
  name: string;
  url?: string;
  network?: string;
  size?: number;
  className?: string;
}

// A face with its network's badge. Pictures from elsewhere are not loaded (the page talks to its own server only).
export function Avatar({ name, url, network, size = 40, className }: Props) {
  const badge = Math.max(14, Math.round(size * 0.42));
  return (
    <span
      className={cx('relative inline-block shrink-0 align-middle', className)}
      style={{ width: size, height: size }}
    >
      {url?.startsWith('/') ? (
        <img src={url} alt="" className="size-full rounded-full object-cover" />
      ) : (
        <span
          aria-hidden
          className={cx(
            'grid size-full place-items-center rounded-full font-semibold tracking-tight text-white select-none',
            discOf(name),
          )}
          style={{ fontSize: Math.round(size * 0.37) }}
        >
          {initials(name)}
        </span>
      )}
      {network && (
        <span className="absolute -right-0.5 -bottom-0.5 grid rounded-full bg-surface p-[1.5px]">
          <NetworkMark network={network} size={badge} />
        </span>
      )}
    </span>
  );
}
