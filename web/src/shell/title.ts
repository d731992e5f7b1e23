// What the browser's tab is called.
import { useEffect } from 'react';
import { t } from '../i18n';

export function useTitle(title: string) {
  useEffect(() => {
    document.title = t('pageTitle', { title });
    return () => {
      document.title = 'Carillon'; // until the next screen says its own
    };
  }, [title]);
}
