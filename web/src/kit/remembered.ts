// A choice that this device remembers. A browser that keeps nothing forgets it; until then it is used all the same.
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

// value: null forgets it.
export function remember(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Not remembered; still used now.
  }
}
