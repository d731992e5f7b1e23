// Files of media that tests need, made on the spot.
import { execFileSync } from 'node:child_process';

function made(path, ...options) {
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-f', 'lavfi', '-i', ...options, path]);
  return path;
}

export const makeFilm = (path, seconds, size = '640x360', rate = 5) =>
  made(path, `testsrc2=s=${size}:d=${seconds}:r=${rate}`, '-c:v', 'libx264', '-pix_fmt', 'yuv420p');
export const makePhoto = (path, size) => made(path, `testsrc2=s=${size}`, '-frames:v', '1');
