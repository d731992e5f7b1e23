import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask, type Account, type Network } from '../api/client';
import { t } from '../i18n';
import { Confirm } from '../kit/dialog';
import { At } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';

// Names what goes with it: the posts that still wait for this account.
export function Disconnect({
  account,
  network,
  onClose,
}: {
  account: Account;
  network: Network | undefined;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const waiting = useQuery({
    queryKey: ['posts', 'waiting for', account.id],
    queryFn: () =>
      ask(
        api.GET('/api/v1/posts', {
          params: { query: { account: [account.id], state: ['scheduled', 'publishing'], limit: 50 } },
        }),
      ),
  });
  const disconnect = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/accounts/{id}', { params: { path: { id: account.id } } })),
    onSuccess: ({ canceled, revoked }) => {
      toastDone(
        [
          t('disconnect.done', { name: account.name }),
          canceled > 0 && t('disconnect.canceled', { n: canceled }),
          !revoked && t('disconnect.notRevoked', { network: network?.label ?? account.network }),
        ]
          .filter(Boolean)
          .join(' '),
      );
      void queries.invalidateQueries();
      onClose();
    },
    onError: toastError,
  });
  const posts = waiting.data?.items ?? [];
  return (
    <Confirm
      title={t('disconnect.title', { name: account.name })}
      action={t('account.disconnect')}
      danger
      busy={disconnect.isPending}
      onClose={onClose}
      onConfirm={() => disconnect.mutate()}
    >
      <p>{t('disconnect.text', { network: network?.label ?? account.network })}</p>
      {posts.length > 0 && (
        <>
          <p className="mt-3 font-medium text-ink">
            {waiting.data?.next
              ? t('disconnect.cancelsMany', { n: posts.length })
              : t('disconnect.cancels', { n: posts.length })}
          </p>
          <ul className="mt-2 grid grid-cols-1 gap-1.5">
            {posts.slice(0, 5).map((post) => (
              <li key={post.id} className="flex items-baseline gap-3 rounded-md bg-sunken px-3 py-2 text-sm">
                <span className="min-w-0 flex-1 truncate text-ink">{post.title || post.content.parts[0]!.text}</span>
                {post.at && (
                  <span className="shrink-0">
                    <At at={post.at.utc} />
                  </span>
                )}
              </li>
            ))}
          </ul>
          {posts.length > 5 && <p className="mt-2">{t('disconnect.andMore', { n: posts.length - 5 })}</p>}
        </>
      )}
      {waiting.isSuccess && posts.length === 0 && <p className="mt-3">{t('disconnect.nothing')}</p>}
    </Confirm>
  );
}
