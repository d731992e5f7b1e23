// How each network is recognised: its mark and colour. One line per network; anything unknown gets its first letter.
import {
  siBluesky,
  siDiscord,
  siFacebook,
  siInstagram,
  siMastodon,
  siPinterest,
  siTelegram,
  siThreads,
  siTiktok,
  siWhatsapp,
  siX,
  siYoutube,
} from 'simple-icons';
import { cx } from '../kit/cx';

interface Look {
  path: string;
  ring: string; // classes
  disc: string;
}

// Slack's mark is in no icon set: four bars, as at home.
const bars =
  'M9 2a2 2 0 0 1 2 2v5a2 2 0 0 1-4 0V4a2 2 0 0 1 2-2zM2 15a2 2 0 0 1 2-2h5a2 2 0 0 1 0 4H4a2 2 0 0 1-2-2zM15 22a2 2 0 0 1-2-2v-5a2 2 0 0 1 4 0v5a2 2 0 0 1-2 2zM22 9a2 2 0 0 1-2 2h-5a2 2 0 0 1 0-4h5a2 2 0 0 1 2 2z';

// Neither is LinkedIn's: "in", drawn here.
const initials =
  'M4.5 2.5a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6zM2.5 8.9h4V21.5h-4zM9 8.9h3.8v1.8c.6-1.1 2-2.1 4-2.1 4.1 0 4.9 2.6 4.9 6.1v6.8h-4v-6c0-1.5 0-3.4-2.1-3.4s-2.5 1.6-2.5 3.3v6.1H9z';

const looks: Record<string, Look> = {
  x: { path: siX.path, disc: 'bg-[#0f1419]', ring: 'ring-[light-dark(#0f1419,#e7e9ea)]' },
  facebook: { path: siFacebook.path, disc: 'bg-[#0866ff]', ring: 'ring-[#0866ff]' },
  mastodon: { path: siMastodon.path, disc: 'bg-[#5b4be0]', ring: 'ring-[#6364ff]' },
  telegram: { path: siTelegram.path, disc: 'bg-[#1f8ecb]', ring: 'ring-[#26a5e4]' },
  bluesky: { path: siBluesky.path, disc: 'bg-[#0f73da]', ring: 'ring-[#1185fe]' },
  discord: { path: siDiscord.path, disc: 'bg-[#5865f2]', ring: 'ring-[#5865f2]' },
  slack: { path: bars, disc: 'bg-[#4a154b]', ring: 'ring-[light-dark(#4a154b,#c9a3cb)]' },
  pinterest: { path: siPinterest.path, disc: 'bg-[#c8001a]', ring: 'ring-[#e60023]' },
  youtube: { path: siYoutube.path, disc: 'bg-[#d90000]', ring: 'ring-[#ff0033]' },
  linkedin: { path: initials, disc: 'bg-[#0a66c2]', ring: 'ring-[#0a66c2]' },
  threads: { path: siThreads.path, disc: 'bg-[#000000]', ring: 'ring-[light-dark(#000000,#e7e9ea)]' },
  instagram: {
    path: siInstagram.path,
    disc: 'bg-linear-45 from-[#f9a825] via-[#d6249f] to-[#5b51d8]',
    ring: 'ring-[#d6249f]',
  },
  whatsapp: { path: siWhatsapp.path, disc: 'bg-[#128c4b]', ring: 'ring-[#25d366]' },
  tiktok: { path: siTiktok.path, disc: 'bg-[#111111]', ring: 'ring-[light-dark(#111111,#e7e9ea)]' },
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
