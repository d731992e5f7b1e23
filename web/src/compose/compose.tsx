// The two ways into the composer: something new, and something that exists.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { accountsQuery, meQuery, networksQuery, postQuery } from '../api/queries';
import type { Post } from '../api/client';
import { t } from '../i18n';
import { randomId } from '../kit/cx';
import { Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { Screen } from '../shell/shell';
import { Composer } from './composer';
import { draftOf, emptyDraft, type Draft } from './draft';
import { keptDraft } from './keep';

function useGround() {
  const accounts = useQuery(accountsQuery);
  const networks = useQuery(networksQuery);
  const me = useQuery(meQuery);
  const error = accounts.error ?? networks.error ?? me.error;
  const ready = accounts.data && networks.data && me.data;
  return {
    error,
    ground: ready ? { accounts: accounts.data, networks: networks.data, zone: me.data.workspace.zone } : null,
  };
}

const Loading = ({ error }: { error: unknown }) => (
  <Screen>{error ? <Trouble error={error} /> : <Waiting rows={3} height="h-40" label={t('loading')} />}</Screen>
);

export function ComposeScreen() {
  const search = useSearch({ from: '/inside/compose' });
  const navigate = useNavigate();
  const { ground, error } = useGround();
  // Each composition has a name in the address: a reload or a second tab finds it again.
  useEffect(() => {
    if (!search.draft)
      void navigate({ to: '/compose', search: (old) => ({ ...old, draft: randomId().slice(0, 12) }), replace: true });
  }, [search.draft, navigate]);
  if (!ground || !search.draft) return <Loading error={error} />;
  return <Fresh key={search.draft} name={search.draft} search={search} ground={ground} />;
}

type Ground = NonNullable<ReturnType<typeof useGround>['ground']>;

function Fresh({
  name,
  search,
  ground,
}: {
  name: string;
  search: { at?: string; zone?: string; accounts?: string; campaign?: string };
  ground: Ground;
}) {
  const [start] = useState<Draft>(() => {
    const kept = keptDraft(name);
    if (kept) return kept;
    const asked = search.accounts?.split(',') ?? [];
    return {
      ...emptyDraft(name),
      campaign: search.campaign,
      targets: ground.accounts.filter((a) => asked.includes(a.id)).map((a) => a.id),
      at: search.at ? { local: search.at, zone: search.zone ?? ground.zone } : null,
    };
  });
  return <Composer start={start} {...ground} />;
}

export function EditScreen() {
  const { id } = useParams({ from: '/inside/posts/$id/edit' });
  const { ground, error } = useGround();
  const post = useQuery(postQuery(id));
  if (!ground || !post.data) return <Loading error={error ?? post.error} />;
  return <Existing key={id} post={post.data} ground={ground} />;
}

// What was begun on this device goes before what the server has, and says so.
function Existing({ post, ground }: { post: Post; ground: Ground }) {
  const [start] = useState(() => ({ stored: draftOf(post), kept: keptDraft(`post-${post.id}`) }));
  return (
    <Composer
      start={start.kept ?? start.stored}
      stored={start.kept ? start.stored : undefined}
      post={post}
      {...ground}
    />
  );
}
