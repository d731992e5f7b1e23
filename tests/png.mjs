// Pictures for tests, as PNG: without a library, and as small or large as wanted.
import { crc32, deflateSync } from 'node:zlib';

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

// colours: of each pixel, row by row: one byte (shades of grey) or three (red, green, blue). behind: bytes after the
// picture, which readers of pictures skip.
export function png(width, height, colours, behind = Buffer.alloc(0)) {
  const line = colours.length / height;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, line === width ? 0 : 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((line + 1) * height); // each begins with its filter: none
  for (let y = 0; y < height; y++) colours.copy(rows, y * (line + 1) + 1, y * line, (y + 1) * line);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0)), behind]);
}

export const plainPng = (width, height, shade, behind) => png(width, height, Buffer.alloc(width * height, shade), behind);
