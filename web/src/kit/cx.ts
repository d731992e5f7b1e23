export const cx = (...parts: (string | false | null | undefined)[]) => parts.filter(Boolean).join(' ');

// A random id that also works where the page is not served over TLS (crypto.randomUUID does not).
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}
