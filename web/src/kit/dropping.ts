// Files that are dragged over an element and dropped on it. Children get enter and leave events of their own:
// only when the last of them is left is nothing over it.
import { useRef, useState, type DragEvent } from 'react';

export function useDropping(onFiles: (files: File[]) => void, disabled = false) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const hasFiles = (e: DragEvent) => !disabled && e.dataTransfer.types.includes('Files');
  const handlers = {
    onDragEnter: (e: DragEvent) => void (hasFiles(e) && (depth.current++, setOver(true))),
    onDragOver: (e: DragEvent) => void (hasFiles(e) && e.preventDefault()),
    onDragLeave: (e: DragEvent) => void (hasFiles(e) && --depth.current <= 0 && setOver(false)),
    onDrop: (e: DragEvent) => {
      if (!hasFiles(e)) return;
      e.preventDefault();
      depth.current = 0;
      setOver(false);
      onFiles([...e.dataTransfer.files]);
    },
  };
  return { over, handlers };
}
