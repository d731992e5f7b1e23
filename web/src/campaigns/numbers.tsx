// The numbers of a campaign: posts by state as a bar and in words, deliveries by network, posts over time.
import { useQuery } from '@tanstack/react-query';
import type { PostState } from '../api/client';
import { networksQuery } from '../api/queries';
import { locale, number, t } from '../i18n';
import { cx } from '../kit/cx';
import { NetworkMark } from '../networks/look';
import { postsIn, type CampaignView, type PostCounts } from './read';

// In the order in which a post goes through them.
const states: PostState[] = [
  'draft',
  'proposed',
  'scheduled',
  'publishing',
  'delivered',
  'partly',
  'uncertain',
  'failed',
  'expired',
  'canceled',
];
const fills: Record<PostState, string> = {
  draft: 'fill-line-strong bg-line-strong',
  proposed: 'fill-[light-dark(#d9a441,#c9973a)] bg-[light-dark(#d9a441,#c9973a)]',
  scheduled: 'fill-accent-fill bg-accent-fill',
  publishing: 'fill-info bg-info',
  delivered: 'fill-[light-dark(#2c9a5b,#4fbd7f)] bg-[light-dark(#2c9a5b,#4fbd7f)]',
  partly: 'fill-[light-dark(#dd7b52,#e08a63)] bg-[light-dark(#dd7b52,#e08a63)]',
  uncertain: 'fill-[light-dark(#c98a14,#e9b44c)] bg-[light-dark(#c98a14,#e9b44c)]',
  failed: 'fill-bad-fill bg-bad-fill',
  expired: 'fill-[light-dark(#b06a6a,#b06a6a)] bg-[light-dark(#b06a6a,#b06a6a)]',
  canceled: 'fill-ink-3 bg-ink-3',
};
const present = (posts: PostCounts) => states.filter((state) => posts[state] > 0);

// A drawing, for the page's policy knows no widths in styles.
export function Shares({ posts }: { posts: PostCounts }) {
  const all = postsIn(posts);
  let at = 0;
  return (
    <svg viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden className="mt-2 h-2 w-full overflow-hidden rounded-full">
      {present(posts).map((state) => {
        const x = at;
        const width = (posts[state] / all) * 1000;
        at += width;
        return <rect key={state} x={x} width={Math.max(width - 3, 1)} height="8" className={fills[state].split(' ')[0]} />;
      })}
    </svg>
  );
}

export function ByState({ view }: { view: CampaignView }) {
  const all = postsIn(view.posts);
  return (
    <section className="card px-4 py-4 sm:px-5" aria-labelledby="by-state">
      <h2 id="by-state" className="flex items-baseline gap-2 font-semibold">
        {t('campaign.byState')}
        <span className="nums font-normal text-ink-3">{number(all)}</span>
      </h2>
      {all === 0 && <p className="mt-1 text-sm text-ink-3">{t('campaign.noNumbers')}</p>}
      {all > 0 && <Shares posts={view.posts} />}
      <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-2 text-sm">
        {present(view.posts).map((state) => (
          <li key={state} className="flex items-center gap-2">
            <span aria-hidden className={cx('size-2.5 rounded-full', fills[state].split(' ')[1])} />
            {t(`postState.${state}`)}
            <b className="nums font-semibold">{number(view.posts[state])}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

const deliveryStates = ['waiting', 'in_flight', 'uncertain', 'delivered', 'failed', 'canceled', 'skipped'] as const;

export function ByNetwork({ view }: { view: CampaignView }) {
  const networks = useQuery(networksQuery).data ?? [];
  const columns = deliveryStates.filter((state) => view.deliveries[state] > 0);
  if (view.networks.length === 0) return null;
  return (
    <section className="card overflow-hidden" aria-labelledby="by-network">
      <h2 id="by-network" className="px-4 pt-4 font-semibold sm:px-5">
        {t('campaign.byNetwork')}
      </h2>
      <div className="overflow-x-auto focus-inset" tabIndex={0} role="region" aria-labelledby="by-network">
        <table className="mt-2 w-full text-sm">
          <thead>
            <tr className="text-left text-[13px] text-ink-3">
              <th scope="col" className="px-4 py-2 font-medium sm:px-5">
                {t('campaign.network')}
              </th>
              {columns.map((state) => (
                <th key={state} scope="col" className="px-3 py-2 text-right font-medium whitespace-nowrap">
                  {t(`deliveryState.${state}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {view.networks.map((line) => (
              <tr key={line.network}>
                <th scope="row" className="px-4 py-2.5 text-left font-medium sm:px-5">
                  <span className="inline-flex items-center gap-2">
                    <NetworkMark network={line.network} size={17} />
                    {networks.find((n) => n.network === line.network)?.label ?? line.network}
                  </span>
                </th>
                {columns.map((state) => (
                  <td
                    key={state}
                    className={cx(
                      'nums px-3 py-2.5 text-right',
                      line.deliveries[state] === 0 ? 'text-ink-3' : state === 'failed' && 'font-semibold text-bad',
                    )}
                  >
                    {number(line.deliveries[state])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const longDay = (day: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));

// One column per day that has posts; in words for those who cannot see it.
export function Timeline({ view }: { view: CampaignView }) {
  const days = view.timeline.slice(-60);
  if (days.length < 2) return null;
  const most = Math.max(...days.map((day) => postsIn(day.posts)));
  const width = 1000 / days.length;
  return (
    <section className="card px-4 py-4 sm:px-5" aria-labelledby="timeline">
      <h2 id="timeline" className="font-semibold">
        {t('campaign.timeline')}
      </h2>
      <p className="text-[13px] text-ink-3">{t('campaign.timelineText')}</p>
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden className="mt-3 h-24 w-full">
        {days.map((day, i) => {
          let top = 100;
          return present(day.posts).map((state) => {
            const height = (day.posts[state] / most) * 96;
            top -= height;
            const inner = Math.min(width * 0.8, 60);
            return (
              <rect
                key={`${day.day} ${state}`}
                x={i * width + (width - inner) / 2}
                y={top}
                width={inner}
                height={Math.max(height - 1, 1)}
                className={fills[state].split(' ')[0]}
              >
                <title>{t('campaign.dayOf', { day: longDay(day.day), n: postsIn(day.posts) })}</title>
              </rect>
            );
          });
        })}
      </svg>
      <p aria-hidden className="nums flex justify-between text-xs text-ink-3">
        <span>{longDay(days[0]!.day)}</span>
        <span>{longDay(days.at(-1)!.day)}</span>
      </p>
      <ul className="sr-only">
        {days.map((day) => (
          <li key={day.day}>{t('campaign.dayOf', { day: longDay(day.day), n: postsIn(day.posts) })}</li>
        ))}
      </ul>
    </section>
  );
}
