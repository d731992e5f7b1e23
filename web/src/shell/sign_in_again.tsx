import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { whenSignedOut } from '../api/client';
import { SignInForm } from '../entry/sign_in_form';
import { t } from '../i18n';
import { Dialog } from '../kit/dialog';

// The session ended while somebody was working: sign in over the page, so that nothing is lost.
export function SignInAgain() {
  const [ended, setEnded] = useState(false);
  const queries = useQueryClient();
  useEffect(() => whenSignedOut(() => setEnded(true)), []);
  if (!ended) return null;
  return (
    <Dialog title={t('again.title')} onClose={() => {}} firm>
      <p className="mb-5 text-ink-2">{t('again.text')}</p>
      <SignInForm
        onDone={() => {
          setEnded(false);
          void queries.invalidateQueries();
        }}
      />
    </Dialog>
  );
}
