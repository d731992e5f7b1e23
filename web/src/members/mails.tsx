// What I am told by mail.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Me } from '../api/client';
import { meQuery } from '../api/queries';
import { t } from '../i18n';
import { toastDone, toastError } from '../kit/toast';

const wishes = ['failures', 'uncertain', 'approvals'] as const;
type Wish = (typeof wishes)[number];

export function Mails({ me }: { me: Me }) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Wish[]>(); // shown at once, whatever is being read meanwhile
  const choose = useMutation({
    mutationFn: (mails: Wish[]) => ask(api.PATCH('/api/v1/session', { body: { mails } })),
    onSuccess: (user) => {
      queries.setQueryData(meQuery.queryKey, (old: Me | undefined) => old && { ...old, user });
      toastDone(t('mails.saved'));
    },
    onError: (error) => (setChosen(undefined), toastError(error)),
  });
  const mine = chosen ?? (me.user.mails as Wish[]);
  const want = (next: Wish[]) => (setChosen(next), choose.mutate(next));
  return (
    <section aria-labelledby="mails" className="card p-5">
      <h2 id="mails" className="font-semibold">
        {t('mails.title')}
      </h2>
      <p className="mt-1 text-sm text-ink-2">{t('mails.text', { email: me.user.email })}</p>
      <ul className="mt-4 grid gap-3">
        {wishes.map((wish) => (
          <li key={wish}>
            <label className="flex items-start gap-3">
              <input
                type="checkbox"
                className="mt-0.5 size-4.5 shrink-0 accent-(--accent)"
                checked={mine.includes(wish)}
                onChange={(e) => want(e.target.checked ? [...mine, wish] : mine.filter((other) => other !== wish))}
              />
              <span className="min-w-0">
                <span className="block text-[15px] font-medium">{t(`mails.${wish}`)}</span>
                <span className="block text-[13px] text-ink-3">{t(`mails.${wish}Text`)}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}
