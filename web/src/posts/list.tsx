import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { PenLine, Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Post, PostState } from '../api/client';
import { accountsQuery, postsQuery, systemQuery } from '../api/queries';
import { t, type Key } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { cx } from '../kit/cx';
import { Empty, Waiting } from '../kit/empty';
import { inputClass } from '../kit/field';
import { Trouble } from '../kit/note';
import { dayName } from '../kit/time';
import { Screen, ScreenHead } from '../shell/shell';
import { Mark } from '../shell/brand';
import { PostRow } from './row';
import { Unfinished } from './unfinished';

const views: { id: string; states?: PostState[]; label: Extract<Key, `view.${string}`> }[] = [
  { id: 'all', label: 'view.all' },
  { id: 'drafts', states: ['draft'], label: 'view.drafts' },
  { id: 'planned', states: ['scheduled'], label: 'view.planned' },
  { id: 'going', states: ['publishing'], label: 'view.going' },
  { id: 'out', states: ['delivered'], label: 'view.out' },
  { id: 'attention', states: ['partly', 'failed', 'uncertain'], label: 'view.attention' },
  { id: 'canceled', states: ['canceled'], label: 'view.canceled' },
];

export function PostsScreen() {
  const search = useSearch({ from: '/inside/posts' });
  const view = views.find((v) => v.id === search.view) ?? views[0]!;
  // What is to come is read from the next one on, all else from the latest back.
  const order = view.id === 'planned' ? ('oldest' as const) : ('newest' as const);
  const filter = { state: view.states, text: search.text, account: search.account, order };
  const posts = useInfiniteQuery(postsQuery(filter));
  const items = posts.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = !!(view.states || search.text || search.account);
  return (
    <Screen>
      <ScreenHead
        title={t('posts.title')}
        lead={t('posts.lead')}
        actions={
          <span className="hidden sm:block lg:hidden">
            <Link to="/compose" className={buttonClass('primary')}>
              <PenLine size={16} aria-hidden />
              {t('nav.compose')}
            </Link>
          </span>
        }
      />
      <Unfinished />
      <Filters current={view.id} text={search.text ?? ''} />
      <div className="mt-6">
        {posts.isPending && <Waiting rows={5} label={t('loading')} />}
        {posts.error && (
          <Trouble
            error={posts.error}
            actions={
              <Button size="sm" onClick={() => void posts.refetch()}>
                {t('retry')}
              </Button>
            }
          />
        )}
        {posts.data && items.length === 0 && (filtered ? <NothingFound /> : <FirstPost />)}
        <Days items={items} />
        {posts.hasNextPage && (
          <div className="mt-6 text-center">
            <Button busy={posts.isFetchingNextPage} onClick={() => void posts.fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
    </Screen>
  );
}

function Filters({ current, text }: { current: string; text: string }) {
  const navigate = useNavigate({ from: '/posts' });
  const [words, setWords] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (words !== text) void navigate({ search: (old) => ({ ...old, text: words || undefined }), replace: true });
    }, 300);
    return () => clearTimeout(timer);
  }, [words, text, navigate]);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <nav
        aria-label={t('posts.views')}
        className="-mx-4 flex max-w-[100vw] min-w-0 gap-1 overflow-x-auto px-4 py-1 sm:mx-0 sm:max-w-full sm:px-1"
      >
        {views.map((v) => (
          <Link
            key={v.id}
            to="/posts"
            search={(old) => ({ ...old, view: v.id === 'all' ? undefined : v.id })}
            aria-current={v.id === current ? 'page' : undefined}
            className={cx(
              'h-8 shrink-0 rounded-full px-3.5 text-[13.5px] leading-8 font-medium transition-colors',
              v.id === current ? 'bg-ink text-paper' : 'text-ink-2 hover:bg-sunken hover:text-ink',
            )}
          >
            {t(v.label)}
          </Link>
        ))}
      </nav>
      <div className="relative ml-auto w-full sm:w-60">
        <Search
          size={16}
          aria-hidden
          className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3"
        />
        <input
          type="search"
          aria-label={t('posts.search')}
          placeholder={t('posts.search')}
          value={words}
          onChange={(e) => setWords(e.target.value)}
          className={cx(inputClass, 'h-9 pl-9 text-sm [&::-webkit-search-cancel-button]:hidden')}
        />
        {words && (
          <button
            type="button"
            aria-label={t('posts.searchClear')}
            onClick={() => setWords('')}
            className="absolute top-1/2 right-1.5 grid size-6 -translate-y-1/2 place-items-center rounded text-ink-3 hover:text-ink"
          >
            <X size={14} aria-hidden />
          </button>
        )}
      </div>
    </div>
  );
}

// Posts under the day they are for, in the viewer's days.
function Days({ items }: { items: Post[] }) {
  const groups: { day: string; posts: Post[] }[] = [];
  for (const post of items) {
    const day = post.at ? dayName(post.at.utc) : t('posts.noTime');
    const last = groups.at(-1);
    if (last?.day === day) last.posts.push(post);
    else groups.push({ day, posts: [post] });
  }
  const today = dayName(new Date());
  return groups.map(({ day, posts }, i) => (
    <section key={`${day}${i}`} className="mt-7 first:mt-0">
      <h2 className="mb-2.5 flex items-baseline gap-2 text-sm font-semibold text-ink-2">
        {day === today ? t('today') : day}
        {day === today && <span className="font-normal text-ink-3">{day}</span>}
      </h2>
      <ul className="card divide-y divide-line overflow-hidden">
        {posts.map((post) => (
          <PostRow key={post.id} post={post} />
        ))}
      </ul>
    </section>
  ));
}

const NothingFound = () => (
  <Empty
    title={t('posts.noneTitle')}
    actions={
      <Link to="/posts" search={{}} className={buttonClass()}>
        {t('posts.showAll')}
      </Link>
    }
  >
    {t('posts.noneText')}
  </Empty>
);

// The one next step: an account first, then a post.
function FirstPost() {
  const accounts = useQuery(accountsQuery).data;
  const sandbox = useQuery(systemQuery).data?.sandbox_url;
  if (accounts?.length === 0)
    return (
      <Empty
        art={<Mark size={52} className="rounded-2xl" />}
        title={t('posts.firstAccountTitle')}
        actions={
          <Link to="/accounts" className={buttonClass('primary', 'lg')}>
            {sandbox ? t('posts.firstAccountSandbox') : t('accounts.add')}
          </Link>
        }
      >
        {sandbox ? t('posts.firstAccountSandboxText') : t('posts.firstAccountText')}
      </Empty>
    );
  return (
    <Empty
      art={<Mark size={52} className="rounded-2xl" />}
      title={t('posts.firstTitle')}
      actions={
        <Link to="/compose" className={buttonClass('primary', 'lg')}>
          <PenLine size={17} aria-hidden />
          {t('posts.firstAction')}
        </Link>
      }
    >
      {t('posts.firstText')}
    </Empty>
  );
}
