// Files that are dragged from the grid onto a folder. What the keyboard does with "Move".
import type { DragEvent } from 'react';
import type { MediaFile } from '../api/client';

const type = 'application/x-carillon-media';
let carried: MediaFile[] = [];

export function carry(e: DragEvent, files: MediaFile[]) {
  carried = files;
  e.dataTransfer.setData(type, files.map((file) => file.id).join(' '));
  e.dataTransfer.effectAllowed = 'move';
}
export const isCarried = (e: DragEvent) => e.dataTransfer.types.includes(type);
export const putDown = () => carried;
