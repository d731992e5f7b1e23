// Which file an unfinished upload is of: kept in this browser, so that the same file, chosen again, goes on where it was.
const place = 'carillon.uploads';
const lives = 24 * 3600_000; // as long as the server keeps them

interface Kept {
  id: string;
  name: string;
  size: number;
  modified: number;
  at: number;
}

const isKept = (one: unknown): one is Kept => !!one && typeof (one as Kept).id === 'string';

function all(): Kept[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(list) ? list.filter(isKept).filter((one) => Date.now() - one.at < lives) : [];
  } catch {
    return [];
  }
}
function put(list: Kept[]) {
  try {
    localStorage.setItem(place, JSON.stringify(list.slice(-50)));
  } catch {
    // A full or closed store: uploads work, they are only not remembered.
  }
}
const same = (one: Kept, file: File) =>
  one.name === file.name && one.size === file.size && one.modified === file.lastModified;

export const recall = (file: File) => all().find((one) => same(one, file))?.id;
export const remember = (file: File, id: string) =>
  put([
    ...all().filter((one) => !same(one, file)),
    { id, name: file.name, size: file.size, modified: file.lastModified, at: Date.now() },
  ]);
export const forget = (file: File) => put(all().filter((one) => !same(one, file)));
export const forgetId = (id: string) => put(all().filter((one) => one.id !== id));
// Of those that this browser began.
export const isOurs = (id: string) => all().some((one) => one.id === id);
