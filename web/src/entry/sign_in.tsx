import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { t } from '../i18n';
import { useTitle } from '../shell/title';
import { EntryFrame } from './frame';
import { SignInForm } from './sign_in_form';

export function SignIn() {
  useTitle(t('signIn.title'));
  const { to } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const navigate = useNavigate();
  // Back to where the person wanted to go, on this site only.
  const go = () =>
    to?.startsWith('/') && !to.startsWith('//') ? router.history.push(to) : void navigate({ to: '/posts' });
  return (
    <EntryFrame title={t('signIn.title')} lead={t('signIn.lead')}>
      <SignInForm onDone={go} />
    </EntryFrame>
  );
}
