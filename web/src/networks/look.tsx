// How each network is recognised: its mark and colour. One line per network; anything unknown gets its first letter.
import { siFacebook, siMastodon, siTelegram, siX } from 'simple-icons';
import { cx } from '../kit/cx';

interface Look {
  path: string;
  ring: string; // classes
  disc: string;
}

const looks: Record<string, Look> = {
  x: { path: siX.path, disc: 'bg-[#0f1419]', ring: 'ring-[light-dark(#0f1419,#e7e9ea)]' },
  facebook: { path: siFacebook.path, disc: 'bg-[#0866ff]', ring: 'ring-[#0866ff]' },
  mastodon: { path: siMastodon.path, disc: 'bg-[#5b4be0]', ring: 'ring-[#6364ff]' },
  telegram: { path: siTelegram.path, disc: 'bg-[#1f8ecb]', ring: 'ring-[#26a5e4]' },
};

export const ringOf = (network: string) => looks[network]?.ring ?? 'ring-accent';

export function NetworkMark({ network, size = 16, className }: { network: string; size?: number; className?: string }) {
  const look = looks[network];
  const glyph = Math.round(size * 0.56);
  // Facebook's and Telegram's marks are discs of their own.
  const own = network === 'facebook' || network === 'telegram';
  return (
    <span
      aria-hidden
      className={cx(
        'inline-grid shrink-0 place-items-center rounded-full text-white',
        look?.disc ?? 'bg-ink-3',
        own && 'bg-white',
        className,
      )}
      style={{ width: size, height: size }}
    >
      {look ? (
        <svg
          viewBox="0 0 24 24"
          width={own ? size : glyph}
          height={own ? size : glyph}
          fill={own ? (network === 'facebook' ? '#0866ff' : '#26a5e4') : '#fff'}
        >
          <path d={look.path} />
        </svg>
      ) : (
        <span className="font-bold uppercase" style={{ fontSize: glyph }}>
          {network[0]}
        </span>
      )}
    </span>
  );
}
