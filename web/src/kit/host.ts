// Where floating things are put: the page, or the dialog they belong to (a dialog lies above everything else).
import { createContext, useContext } from 'react';

export const Host = createContext<HTMLElement | null>(null);
export const useHost = () => useContext(Host) ?? undefined;
