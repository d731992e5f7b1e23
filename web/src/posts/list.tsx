import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { PenLine, Search, X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Post, PostState } from '../api/client';
import { postsQuery } from '../api/queries';
import { t, type Key } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { Chunks } from '../kit/chunks';
import { cx } from '../kit/cx';
import { Empty, Waiting } from '../kit/empty';
import { inputClass } from '../kit/field';
import { useChosenInSight } from '../kit/in_sight';
import { Trouble } from '../kit/note';
import { dayName } from '../kit/time';
import { Screen, ScreenHead } from '../shell/shell';
import { FirstSteps } from './first';
import { OnlyCampaign } from './of_campaign';
import { PostRow } from './row';
import { Unfinished } from './unfinished';

const views: { id: string; states?: PostState[]; label: Extract<Key, `view.${string}`> }[] = [
  { id: 'all', label: 'view.all' },
  { id: 'drafts', states: ['draft'], label: 'view.drafts' },
  { id: 'approval', states: ['proposed', 'expired'], label: 'view.approval' },
  { id: 'planned', states: ['scheduled'], label: 'view.planned' },
  { id: 'going', states: ['publishing'], label: 'view.going' },
  { id: 'out', states: ['delivered'], label: 'view.out' },
  { id: 'attention', states: ['partly', 'failed', 'uncertain'], label: 'view.attention' },
  { id: 'canceled', states: ['canceled'], label: 'view.canceled' },
];

export function PostsScreen() {
  const search = useSearch({ from: '/inside/posts' });
  const navigate = useNavigate({ from: '/posts' });
  const view = views.find((v) => v.id === search.view) ?? views[0]!;
  // What is to come is read from the next one on, all else from the latest back.
  const order = view.id === 'planned' ? ('oldest' as const) : ('newest' as const);
  const filter = { state: view.states, text: search.text, account: search.account?.split(','), campaign: search.campaign, order };
  const posts = useInfiniteQuery(postsQuery(filter));
  const items = posts.data?.pages.flatMap((page) => page.items) ?? [];
  const end = useNear(() => !posts.isFetchingNextPage && !posts.isFetchNextPageError && void posts.fetchNextPage());
  const filtered = !!(view.states || search.text || search.account || search.campaign);
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
      <p className="mt-3 empty:hidden">
        <OnlyCampaign
          id={search.campaign}
          onLeave={() => void navigate({ search: (old) => ({ ...old, campaign: undefined }) })}
        />
      </p>
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
        {posts.data && items.length === 0 && (filtered ? <NothingFound /> : <FirstSteps />)}
        <Days items={items} />
        {posts.hasNextPage && (
          <div ref={end} className="mt-6 text-center">
            <Button busy={posts.isFetchingNextPage} onClick={() => void posts.fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
    </Screen>
  );
}

// Calls when the element comes near the screen: the next page is there before the end is reached. The button stays
// for those who get there first, and for when it failed.
function useNear(call: () => void) {
  const latest = useRef(call);
  latest.current = call;
  return useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => entry!.isIntersecting && latest.current(), {
      rootMargin: '1200px 0px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}

function Filters({ current, text }: { current: string; text: string }) {
  const navigate = useNavigate({ from: '/posts' });
  const row = useChosenInSight<HTMLElement>();
  const [words, setWords] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (words !== text) void navigate({ search: (old) => ({ ...old, text: words || undefined }), replace: true });
    }, 300);
    return () => clearTimeout(timer);
  }, [words, text, navigate]);
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
      <nav
        ref={row}
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
      <div className="relative w-full sm:w-72">
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

// Posts under the day they are for, in the viewer's days; only those near the screen exist.
function Days({ items }: { items: Post[] }) {
  const today = dayName(new Date());
  const named = (post: Post) => (post.at ? dayName(post.at.utc) : t('posts.noTime'));
  return (
    <Chunks
      items={items}
      size={30}
      height={92}
      render={(some, first) =>
        grouped(some, named).map(([day, posts], i) => (
          <section key={day} className="group/day">
            {(i > 0 || first === 0 || named(items[first - 1]!) !== day) && (
              <h2 className="flex items-baseline gap-2 pt-7 pb-2.5 text-sm font-semibold text-ink-2">
                {day === today ? t('today') : day}
                {day === today && <span className="font-normal text-ink-3">{day}</span>}
              </h2>
            )}
            <ul className="card mb-px divide-y divide-line overflow-hidden">
              {posts.map((post) => (
                <PostRow key={post.id} post={post} />
              ))}
            </ul>
          </section>
        ))
      }
    />
  );
}

function grouped(posts: Post[], named: (post: Post) => string): [string, Post[]][] {
  const groups: [string, Post[]][] = [];
  for (const post of posts) {
    const day = named(post);
    const last = groups.at(-1);
    if (last?.[0] === day) last[1].push(post);
    else groups.push([day, [post]]);
  }
  return groups;
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
