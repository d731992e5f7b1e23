// Uploads one file as it is, with progress and cancel. fetch cannot report progress, so this is the one place with
// an XMLHttpRequest.
import { Problem, type MediaFile, type ProblemBody } from './client';

export interface Upload {
  done: Promise<MediaFile>;
  cancel: () => void;
}

export function upload(file: File, key: string, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<MediaFile>((resolve, reject) => {
    request.open('POST', '/api/v1/media');
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    request.setRequestHeader('Idempotency-Key', key);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = (e) => e.lengthComputable && onProgress(e.loaded / e.total);
    request.onload = () =>
      request.status === 201
        ? resolve(request.response as MediaFile)
        : reject(new Problem(request.status, (request.response ?? {}) as Partial<ProblemBody>));
    request.onerror = () => reject(new Problem(0, {}));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
