import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ArrowLeft, Braces } from 'lucide-react';
import { useEffect, useState } from 'react';
import { PracticeMark } from '../accounts/practice_mark';
import type { Post } from '../api/client';
import { networksQuery, postQuery } from '../api/queries';
import { list, t, tx } from '../i18n';
import { Button } from '../kit/button';
import { Chip } from '../kit/chip';
import { Waiting } from '../kit/empty';
import { Trouble } from '../kit/note';
import { Ago, At, Countdown } from '../kit/time';
import { partsOf, Preview } from '../previews';
import { Screen, useTitle } from '../shell/shell';
import { EvergreenMark } from '../evergreen/mark';
import { Repeats } from './repeats';
import { PostActions } from './actions';
import { Approval } from './approval';
import { CampaignLink } from './of_campaign';
import { Readiness } from './ready';
import { saidBy } from './said';
import { PostChip } from './state';
import { TargetCard } from './target_card';
import { isOut, nextDue, targetsOf, type TargetLine } from './targets_of';

export function PostScreen() {
  const { id } = useParams({ from: '/inside/posts/$id' });
  const post = useQuery({ ...postQuery(id), refetchInterval: (q) => (moving(q.state.data) ? 5000 : false) });
  if (post.error && !post.data)
    return (
      <Screen>
        <Trouble
          error={post.error}
          actions={
            <Button size="sm" onClick={() => void post.refetch()}>
              {t('retry')}
            </Button>
          }
        />
      </Screen>
    );
  if (!post.data)
    return (
      <Screen wide>
        <Waiting rows={4} label={t('loading')} />
      </Screen>
    );
  return <Loaded key={id} post={post.data} />;
}

// Live events tell of changes; while something is going out we also look by ourselves.
const moving = (post: Post | undefined) => post?.state === 'publishing';

function Loaded({ post }: { post: Post }) {
  const search = useSearch({ from: '/inside/posts/$id' });
  const lines = targetsOf(post);
  const first = lines.find((l) => l.current.some((d) => d.state === 'failed' || d.state === 'uncertain')) ?? lines[0];
  const asked = lines.find((l) => [...l.current, ...l.replaced].some((d) => d.id === search.target));
  const [open, setOpen] = useState<string | undefined>(asked?.target.account ?? first?.target.account);
  useEffect(() => {
    if (asked) setOpen(asked.target.account);
  }, [search.target]);
  const shown = lines.find((l) => l.target.account === open) ?? lines[0];
  return (
    <Screen wide>
      <Head post={post} lines={lines} />
      <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_440px]">
        <div className="grid min-w-0 gap-3.5">
          <Approval post={post} />
          <Readiness post={post} />
          <Repeats post={post.id} />
          <EvergreenMark post={post.id} />
          <ul className="grid min-w-0 gap-3.5" aria-label={t('post.targets')}>
          {lines.map((line) => (
            <TargetCard
              key={line.target.account}
              post={post}
              line={line}
              open={line.target.account === open}
              onToggle={() => setOpen(line.target.account === open ? undefined : line.target.account)}
            />
          ))}
          {lines.length === 0 && <li className="card px-5 py-8 text-center text-ink-2">{t('posts.noTargets')}</li>}
          </ul>
        </div>
        {shown && <Shown post={post} line={shown} />}
      </div>
    </Screen>
  );
}

function Shown({ post, line }: { post: Post; line: TargetLine }) {
  const networks = useQuery(networksQuery).data;
  const network = networks?.find((n) => n.network === line.target.network);
  const content = saidBy(post, line.target);
  const out = line.current.find((d) => d.state === 'delivered')?.settled;
  return (
    <section aria-label={t('compose.preview')} className="min-w-0 xl:sticky xl:top-[calc(var(--ribbon,0px)+24px)]">
      <p className="mb-2 flex items-center gap-2 text-[13px] font-medium text-ink-2">
        {t('post.asOn', { network: network?.label ?? line.target.network })}
        <PracticeMark of={line.target} />
        {line.target.content && <Chip tone="accent">{t('post.ownContent')}</Chip>}
      </p>
      {!!line.target.variables?.length && (
        <p className="mb-2 flex items-center gap-1.5 text-[13px] text-ink-3">
          <Braces size={14} aria-hidden className="shrink-0" />
          {t('said.names', { names: list(line.target.variables) })}
        </p>
      )}
      <Preview
        account={line.target}
        network={network}
        parts={partsOf(content)}
        options={content.options ?? {}}
        when={out ? <Ago at={out} /> : undefined}
      />
    </section>
  );
}

function Head({ post, lines }: { post: Post; lines: TargetLine[] }) {
  const out = lines.filter(isOut).length;
  const headline = headlineOf(post, out, lines.length);
  useTitle(post.title || headline);
  const due = nextDue(post);
  return (
    <div className="pb-7">
      <Link
        to="/posts"
        className="mb-3 inline-flex h-8 items-center gap-1.5 rounded-md text-sm text-ink-3 hover:text-ink"
      >
        <ArrowLeft size={16} aria-hidden />
        {t('nav.posts')}
      </Link>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-72">
          <div className="flex flex-wrap items-center gap-x-3.5 gap-y-2">
            <h1 aria-live="polite" className="text-[26px] leading-tight font-semibold tracking-tight">
              {headline}
            </h1>
            <PostChip post={post} />
          </div>
          <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-[15px] text-ink-2">
            {post.at && (
              <span>
                <At at={post.at.utc} zone={post.at.zone} />
              </span>
            )}
            {post.state === 'scheduled' && due && !post.paused && (
              <span className="nums">{tx('post.in', { time: <Countdown to={due} /> })}</span>
            )}
            {post.title && <span className="text-ink-3">{post.title}</span>}
            <CampaignLink id={post.campaign} />
            {post.tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </div>
        </div>
        <PostActions post={post} />
      </div>
      {lines.length > 1 && post.state !== 'draft' && <Progress lines={lines} />}
    </div>
  );
}

function headlineOf(post: Post, out: number, all: number): string {
  switch (post.state) {
    case 'draft':
      return t('headline.draft');
    case 'proposed':
      return t('headline.proposed');
    case 'expired':
      return t('headline.expired');
    case 'scheduled':
      return t('headline.scheduled', { n: all });
    case 'canceled':
      return t('headline.canceled');
    case 'delivered':
      return t('headline.delivered', { n: all });
    default:
      return t('headline.some', { out, all });
  }
}

// One segment per target, in the colour of its state; the words are on the cards.
function Progress({ lines }: { lines: TargetLine[] }) {
  const colour = (line: TargetLine) => {
    const states = line.current.map((d) => d.state);
    if (isOut(line)) return 'bg-[light-dark(#2c9a5b,#4fbd7f)]';
    if (states.includes('failed')) return 'bg-bad-fill';
    if (states.includes('uncertain')) return 'bg-[light-dark(#c98a14,#e9b44c)]';
    if (states.includes('in_flight')) return 'bg-info animate-[pulse-dot_1.4s_ease-in-out_infinite]';
    return 'bg-line-strong';
  };
  return (
    <div aria-hidden className="mt-5 flex gap-1">
      {lines.map((line) => (
        <span key={line.target.account} className={`h-1.5 flex-1 rounded-full transition-colors ${colour(line)}`} />
      ))}
    </div>
  );
}
