// Cuts a text into pieces for a thread. How long a piece may be is the server's count scaled to this text; each piece
// is checked by the server again.
export function splitText(text: string, counted: number, limit: number): string[] {
  const room = Math.max(20, Math.floor((limit * text.length) / Math.max(counted, 1)) - 2);
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > room) {
    const cut = cutBefore(rest, room);
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return rest ? [...pieces, rest] : pieces;
}

// The last good place: between paragraphs, else sentences, else words.
function cutBefore(text: string, room: number): number {
  const head = text.slice(0, room + 1);
  const after = (pattern: RegExp) => Math.max(-1, ...[...head.matchAll(pattern)].map((m) => m.index + m[0].length));
  for (const pattern of [/\n\s*\n/g, /[.!?…]["”’)]?\s/g, /\s/g]) {
    const at = after(pattern);
    if (at > room * 0.4) return at;
  }
  return room;
}
