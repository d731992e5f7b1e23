// node tests/browser/shots.mjs [chapter...]: pictures of every screen into tests/browser/shots/, empty, full and in
// trouble; from the real program and its sandbox.
import { begin } from './album/begin.mjs';
import { openAlbum } from './album/camera.mjs';
import { composer } from './album/composer.mjs';
import { machine } from './album/machine.mjs';
import { people } from './album/people.mjs';
import { planning } from './album/planning.mjs';
import { posts } from './album/posts.mjs';

const chapters = { posts, composer, planning, people, machine };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !chapters[name]);
if (unknown.length) throw new Error(`no chapter ${unknown}: there are ${Object.keys(chapters).join(', ')}`);
const album = await openAlbum();
try {
  await begin(album);
  for (const name of wanted.length ? wanted : Object.keys(chapters)) await chapters[name](album);
} finally {
  await album.close();
}
