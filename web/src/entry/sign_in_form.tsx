import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { meQuery } from '../api/queries';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { PasswordField, TextField } from '../kit/field';
import { Trouble } from '../kit/note';

export function SignInForm({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/session', { body: { email, password } })),
    onSuccess: (me) => {
      queries.setQueryData(meQuery.queryKey, me);
      onDone();
    },
  });
  return (
    <form
      className="grid gap-4.5"
      onSubmit={(e) => {
        e.preventDefault();
        signIn.mutate();
      }}
    >
      <TextField
        label={t('field.email')}
        type="email"
        autoComplete="username"
        required
        autoFocus
        data-first
        value={email}
        onChange={(e) => setEmail(e.target.value)}
      />
      <PasswordField
        label={t('field.password')}
        autoComplete="current-password"
        required
        value={password}
        onChange={(e) => setPassword(e.target.value)}
      />
      {signIn.error && <Trouble error={signIn.error} />}
      <Button type="submit" look="primary" size="lg" busy={signIn.isPending} className="w-full">
        {t('signIn.action')}
      </Button>
    </form>
  );
}
