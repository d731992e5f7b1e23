// The places of planning beside each other: the queue, what fills its gaps, and what flows into it.
import { Link } from '@tanstack/react-router';
import { t } from '../i18n';

const look = 'border-b-2 border-transparent px-1 pb-2 text-sm font-medium text-ink-2 no-underline hover:text-ink';
const here = { className: 'border-accent! text-accent!', 'aria-current': 'page' as const };

export const QueuePlaces = () => (
  <nav aria-label={t('plans.places')} className="mb-6 flex gap-5 border-b border-line">
    <Link to="/queue" className={look} activeProps={here}>
      {t('nav.queue')}
    </Link>
    <Link to="/evergreen" className={look} activeProps={here}>
      {t('evergreen.title')}
    </Link>
    <Link to="/feeds" className={look} activeProps={here}>
      {t('feeds.title')}
    </Link>
  </nav>
);

export const FilePlaces = () => (
  <nav aria-label={t('plans.files')} className="mb-6 flex gap-5 border-b border-line">
    <Link to="/import" className={look} activeProps={here}>
      {t('plans.table')}
    </Link>
    <Link to="/plan" className={look} activeProps={here}>
      {t('plans.plan')}
    </Link>
  </nav>
);
