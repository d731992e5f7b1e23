// Uploads one file as it is, with progress and cancel. Small ones go in one request; larger ones in pieces, and those
// wait out a lost network by themselves, and go on where they stood after the page was closed when the same file is
// chosen again. fetch cannot report progress, so this is the one place with an XMLHttpRequest.
import { randomId } from '../kit/cx';
import { api, ask, Problem, type MediaFile, type ProblemBody } from './client';
import { forget, recall, remember } from './upload_memory';

export interface Progress {
  share: number; // 0…1
  speed?: number; // bytes per second; not known yet
  phase: 'sending' | 'waiting' | 'reading'; // waiting: for the network; reading: the server measures it
}
export interface Upload {
  done: Promise<MediaFile>;
  cancel: () => void;
}
interface Told {
  folder?: string;
  onProgress: (progress: Progress) => void;
}

const inOneRequest = 6_000_000; // bytes

export const upload = (file: File, key: string, told: Told): Upload =>
  file.size <= inOneRequest ? whole(file, key, told) : inPieces(file, told);

function send(
  request: XMLHttpRequest,
  body: Blob,
  onSent: (bytes: number) => void,
): Promise<{ status: number; body: unknown; offset: number | null }> {
  return new Promise((resolve) => {
    const end = (status: number) => {
      const offset = status ? request.getResponseHeader('Upload-Offset') : null;
      resolve({ status, body: status ? request.response : null, offset: offset === null ? null : Number(offset) });
    };
    request.responseType = 'json';
    request.upload.onprogress = (e) => onSent(e.loaded);
    request.onload = () => end(request.status);
    request.onerror = request.onabort = request.ontimeout = () => end(0);
    request.send(body);
  });
}

function whole(file: File, key: string, { folder, onProgress }: Told): Upload {
  const request = new XMLHttpRequest();
  request.open('POST', '/api/v1/media');
  request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
  if (folder) request.setRequestHeader('X-Folder', encodeURIComponent(folder));
  request.setRequestHeader('Idempotency-Key', key);
  request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
  const done = send(request, file, (sent) => onProgress({ share: sent / Math.max(1, file.size), phase: 'sending' })).then(
    ({ status, body }) => {
      if (status === 201) return body as MediaFile;
      throw new Problem(status, (body ?? {}) as Partial<ProblemBody>);
    },
  );
  return { done, cancel: () => request.abort() };
}

// What may be otherwise in a moment: no network, a server that restarts or is busy.
const passes = (error: unknown) =>
  error instanceof Problem &&
  error.body.code !== 'disk_full' &&
  (error.status === 0 || error.status === 408 || error.status === 429 || error.status === 502 || error.status === 503);

class GivenUp extends Error {}

function inPieces(file: File, { folder, onProgress }: Told): Upload {
  let canceled = false;
  let id: string | null = null;
  let running: XMLHttpRequest | null = null;
  let wake: (() => void) | null = null;
  const speed = speedometer();
  const tell = (at: number, phase: Progress['phase']) =>
    onProgress({ share: at / file.size, speed: phase === 'sending' ? speed(at) : undefined, phase });

  // Longer each time, at most a quarter of a minute; at once when the network is back.
  const pause = (round: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(go, Math.min(15_000, 500 * 2 ** round));
      function go() {
        clearTimeout(timer);
        window.removeEventListener('online', go);
        wake = null;
        resolve();
      }
      window.addEventListener('online', go);
      wake = go;
    });
  // Asks until there is an answer that stands.
  async function insist<T>(question: () => Promise<T>): Promise<T> {
    for (let round = 0; ; round++) {
      if (canceled) throw new GivenUp();
      try {
        return await question();
      } catch (error) {
        if (!passes(error)) throw error;
        tell(at, 'waiting');
        await pause(round);
      }
    }
  }
  let at = 0;
  let piece = 8 << 20;

  const key = randomId(); // an answer that is lost makes no second upload
  async function begin() {
    const before = recall(file);
    if (before) {
      id = before;
      const found = await insist(() => standing()).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      });
      if (found) return;
      forget(file);
    }
    const made = await insist(() =>
      ask(
        api.POST('/api/v1/uploads', {
          params: { header: { 'Idempotency-Key': key } },
          body: { name: file.name, bytes: file.size, ...(folder && { folder }) },
        }),
      ),
    );
    id = made.id;
    piece = made.piece;
    remember(file, made.id);
  }
  async function standing() {
    const found = await ask(api.GET('/api/v1/uploads/{id}', { params: { path: { id: id! } } }));
    at = found.offset;
    piece = found.piece;
    return found;
  }
  async function next() {
    running = new XMLHttpRequest();
    running.open('PATCH', `/api/v1/uploads/${id}`);
    running.setRequestHeader('Upload-Offset', String(at));
    running.setRequestHeader('Content-Type', 'application/octet-stream');
    const from = at;
    const answer = await send(running, file.slice(from, from + piece), (sent) => tell(from + sent, 'sending'));
    running = null;
    if ((answer.status === 200 || answer.status === 409) && answer.offset !== null) {
      at = answer.offset;
      return;
    }
    throw new Problem(answer.status, (answer.body ?? {}) as Partial<ProblemBody>);
  }
  // A cut: how far did it come? That is asked, never guessed.
  async function all() {
    for (let lost = 0; at < file.size; ) {
      if (canceled) throw new GivenUp();
      try {
        await next();
        lost = 0;
      } catch (error) {
        if (canceled) throw new GivenUp();
        if (!passes(error)) throw error;
        tell(at, 'waiting');
        await pause(lost++);
        await insist(standing);
      }
      tell(at, 'sending');
    }
  }
  const finish = async (): Promise<MediaFile> => {
    tell(at, 'reading');
    try {
      return await insist(() => ask(api.POST('/api/v1/uploads/{id}/finish', { params: { path: { id: id! } } })));
    } catch (error) {
      if (!(error instanceof Problem) || error.body.code !== 'being_finished') throw error;
      await pause(1);
      return finish();
    }
  };
  const done = begin()
    .then(all)
    .then(finish)
    .then((made) => (forget(file), made))
    .catch((error: unknown) => {
      if (error instanceof GivenUp) throw new Problem(0, {});
      if (error instanceof Problem && error.refused && error.status !== 401) forget(file);
      throw error;
    });
  return {
    done,
    cancel: () => {
      canceled = true;
      running?.abort();
      wake?.();
      forget(file);
      if (id) discard(id).catch(() => undefined);
    },
  };
}

// Takes back what arrived of an upload.
export const discard = (id: string) => ask(api.DELETE('/api/v1/uploads/{id}', { params: { path: { id } } }));

// Bytes per second over the last few seconds.
function speedometer() {
  let marks: { at: number; time: number }[] = [];
  return (at: number) => {
    const time = performance.now();
    marks = [...marks.filter((mark) => time - mark.time < 6000 && mark.at <= at), { at, time }];
    const first = marks[0]!;
    return time - first.time > 800 ? ((at - first.at) / (time - first.time)) * 1000 : undefined;
  };
}
