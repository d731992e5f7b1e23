import { useCallback, useRef, type Dispatch } from 'react';
import { upload, type Upload } from '../api/upload';
import { randomId } from '../kit/cx';
import { wordsFor } from '../kit/toast';
import type { Change, MediaDraft, Place } from './draft';

// Takes files (dropped, pasted, picked) into a part, and carries them to the server.
export function useUpload(dispatch: Dispatch<Change>) {
  const running = useRef(new Map<string, Upload>());
  const add = useCallback(
    (place: Place, part: string, files: File[]) => {
      const media: MediaDraft[] = files.map((file) => ({
        key: randomId(),
        name: file.name,
        mime: file.type,
        alt: '',
        progress: 0,
      }));
      dispatch({ do: 'addMedia', place, part, media });
      files.forEach((file, i) => {
        const key = media[i]!.key;
        const say = (change: Partial<MediaDraft>) => dispatch({ do: 'media', key, change });
        const one = upload(file, key, { onProgress: ({ share, phase }) => say({ progress: share, stalled: phase === 'waiting' || undefined }) });
        running.current.set(key, one);
        one.done
          .then((stored) => say({ id: stored.id, mime: stored.mime, progress: undefined }))
          .catch((error: unknown) => {
            const { text, more } = wordsFor(error);
            say({ error: [text, more].filter(Boolean).join(' '), progress: undefined });
          })
          .finally(() => running.current.delete(key));
      });
    },
    [dispatch],
  );
  const cancel = useCallback((key: string) => running.current.get(key)?.cancel(), []);
  return { add, cancel };
}
