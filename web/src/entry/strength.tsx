import { t } from '../i18n';
import { cx } from '../kit/cx';

// A rough measure to help choosing, not a rule: what is refused, the server says.
export function strengthOf(password: string, known: string[]): 0 | 1 | 2 | 3 | 4 {
  const lower = password.toLowerCase();
  const bits = (pool: number, n: number) => n * Math.log2(pool);
  let pool = 0;
  if (/[a-z]/.test(password)) pool += 26;
  if (/[A-Z]/.test(password)) pool += 26;
  if (/\d/.test(password)) pool += 10;
  if (/[^A-Za-z0-9]/.test(password)) pool += 33;
  // Repeats and runs ("aaaa", "1234") add little.
  let counted = 0;
  for (let i = 0; i < password.length; i++) {
    const step = i ? password.charCodeAt(i) - password.charCodeAt(i - 1) : 99;
    counted += Math.abs(step) <= 1 ? 0.3 : 1;
  }
  for (const word of known.flatMap((k) => k.toLowerCase().split(/[^a-z0-9]+/)))
    if (word.length > 3 && lower.includes(word)) counted -= word.length * 0.8;
  if (/passw|qwert|welcome|letmein|admin/.test(lower)) counted -= 6;
  const total = pool ? bits(pool, Math.max(0, counted)) : 0;
  return total >= 80 ? 4 : total >= 60 ? 3 : total >= 42 ? 2 : total > 0 ? 1 : 0;
}

const fills = [
  'bg-line-strong',
  'bg-bad-fill',
  'bg-[light-dark(#c98a14,#e9b44c)]',
  'bg-[light-dark(#2c9a5b,#67cf93)]',
  'bg-[light-dark(#17693a,#67cf93)]',
];
const words = ['strength.hint', 'strength.weak', 'strength.fair', 'strength.good', 'strength.strong'] as const;

export function Strength({ password, known }: { password: string; known: string[] }) {
  const level = strengthOf(password, known);
  return (
    <span className="grid gap-1.5">
      <span aria-hidden className="grid grid-cols-4 gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={cx('h-1 rounded-full transition-colors', step <= level ? fills[level] : 'bg-line')}
          />
        ))}
      </span>
      <span>{t(words[level])}</span>
    </span>
  );
}
