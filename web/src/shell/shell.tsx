// The frame around every screen behind the door: rail, ribbon, banners, live events.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Ellipsis, PenLine, Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { listen } from '../api/live';
import { meQuery } from '../api/queries';
import { t } from '../i18n';
import { buttonClass, IconButton } from '../kit/button';
import { cx } from '../kit/cx';
import { Menu, MenuItem } from '../kit/menu';
import { Note } from '../kit/note';
import { Mark, Wordmark } from './brand';
import { commandKey, useKeys, type Open } from './keys';
import { LiveDot } from './live_dot';
import { PersonMenu } from './person_menu';
import { isAt, places, type Place } from './places';
import { SandboxRibbon } from './ribbon';
import { SignInAgain } from './sign_in_again';
import { useTitle } from './title';

export { useTitle };

// What a narrow bar has room for; the others are one step further.
const inBar: Place['to'][] = ['/calendar', '/posts', '/notifications'];
const bar = places.filter((p) => inBar.includes(p.to));

const Palette = lazy(() => import('./palette').then((m) => ({ default: m.Palette })));
const Sheet = lazy(() => import('./sheet').then((m) => ({ default: m.Sheet })));

function useUnread() {
  return useQuery(meQuery).data?.unread ?? 0;
}

const useDueTasks = () => useQuery(meQuery).data?.due_tasks ?? 0;

function Count({ n, corner, what = 'nav.unread' }: { n: number; corner?: boolean; what?: 'nav.unread' | 'nav.dueTasks' }) {
  if (!n) return null;
  return (
    <span
      className={cx(
        'nums grid h-5 min-w-5 place-items-center rounded-full bg-bad-fill px-1.5 text-[11px] font-semibold text-[light-dark(#fff,#1a0605)]',
        corner ? 'absolute top-1 left-1/2 ml-1 h-4 min-w-4 px-1 text-[10px]' : 'ml-auto',
      )}
    >
      {n > 99 ? '99+' : n}
      <span className="sr-only"> {t(what)}</span>
    </span>
  );
}

interface PlaceLinkProps {
  place: Place;
  className: string;
  here: string; // more of it where one is, and where one is not
  elsewhere: string;
  children: ReactNode;
}

function PlaceLink({ place, className, here, elsewhere, children }: PlaceLinkProps) {
  const inside = isAt(place, useLocation().pathname);
  return (
    <Link to={place.to} aria-current={inside ? 'page' : undefined} className={cx(className, inside ? here : elsewhere)}>
      {children}
    </Link>
  );
}

const inTabBar =
  'relative grid min-w-0 flex-1 place-items-center gap-0.5 rounded-md py-2 text-[11px] font-medium focus-inset';

function Rail({ onSearch }: { onSearch: () => void }) {
  const unread = useUnread();
  const due = useDueTasks();
  return (
    <aside className="sticky top-[var(--ribbon,0px)] hidden h-[calc(100dvh-var(--ribbon,0px))] w-60 shrink-0 flex-col border-r border-line px-3.5 pt-5 pb-4 lg:flex">
      <Link to="/posts" className="mx-1.5 rounded-md" aria-label={t('nav.home')}>
        <Wordmark />
      </Link>
      <Link to="/compose" className={buttonClass('primary', 'md', 'mt-6 w-full')}>
        <PenLine size={16} aria-hidden />
        {t('nav.compose')}
      </Link>
      <button
        type="button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K"
        className="mt-2.5 flex h-9.5 items-center gap-2.5 rounded-[9px] border border-line px-3 text-left text-sm text-ink-3 transition-colors hover:border-control hover:text-ink"
      >
        <Search size={15} aria-hidden />
        <span className="flex-1">{t('palette.open')}</span>
        <kbd aria-hidden className="font-sans text-[11.5px]">
          {`${commandKey()} K`}
        </kbd>
      </button>
      <nav aria-label={t('nav.main')} className="mt-4 grid gap-0.5">
        {places.map((place) => (
          <PlaceLink
            key={place.to}
            place={place}
            className="flex h-9.5 items-center gap-3 rounded-[9px] px-3 text-[14.5px] font-medium transition-colors"
            here="bg-accent-soft text-accent"
            elsewhere="text-ink-2 hover:bg-sunken hover:text-ink"
          >
            <place.icon size={18} aria-hidden />
            {t(place.label)}
            {place.to === '/notifications' && <Count n={unread} />}
            {place.to === '/tasks' && <Count n={due} what="nav.dueTasks" />}
          </PlaceLink>
        ))}
      </nav>
      <div className="mt-auto grid gap-3">
        <LiveDot />
        <PersonMenu />
      </div>
    </aside>
  );
}

function TopBar({ onSearch }: { onSearch: () => void }) {
  return (
    <header className="flex h-14 items-center gap-3 border-b border-line bg-paper px-4 lg:hidden">
      <Link to="/posts" aria-label={t('nav.home')} className="rounded-md">
        <Mark />
      </Link>
      <div className="ml-auto flex items-center gap-3">
        <IconButton icon={Search} label={t('palette.title')} onClick={onSearch} />
        <LiveDot small />
        <PersonMenu small />
      </div>
    </header>
  );
}

function TabBar() {
  const unread = useUnread();
  const tab = (place: Place) => (
    <PlaceLink key={place.to} place={place} className={inTabBar} here="text-accent" elsewhere="text-ink-2">
      <place.icon size={20} aria-hidden />
      <span className="max-w-full truncate">{t(place.label)}</span>
      {place.to === '/notifications' && <Count n={unread} corner />}
    </PlaceLink>
  );
  return (
    <nav
      aria-label={t('nav.main')}
      className="fixed inset-x-0 bottom-0 z-20 flex items-center border-t border-line bg-surface px-1 pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {bar.slice(0, 2).map(tab)}
      <Link
        to="/compose"
        aria-label={t('nav.compose')}
        className="mx-1 grid size-12 shrink-0 place-items-center rounded-2xl bg-accent-fill text-on-accent shadow-1"
      >
        <PenLine size={20} aria-hidden />
      </Link>
      {bar.slice(2).map(tab)}
      <MorePlaces />
    </nav>
  );
}

function MorePlaces() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const due = useDueTasks();
  const others = places.filter((p) => !inBar.includes(p.to));
  const here = others.find((place) => isAt(place, pathname));
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          className={cx(inTabBar, here ? 'text-accent' : 'text-ink-2')}
        >
          <Ellipsis size={20} aria-hidden />
          {t('nav.more')}
          {here && <span className="sr-only">: {t(here.label)}</span>}
          <Count n={due} what="nav.dueTasks" corner />
        </button>
      }
    >
      {others.map(({ to, icon, label }) => (
        <MenuItem key={to} icon={icon} current={to === here?.to} onSelect={() => void navigate({ to })}>
          {t(label)}
        </MenuItem>
      ))}
    </Menu>
  );
}

function HeldBanner() {
  const me = useQuery(meQuery).data;
  const { pathname } = useLocation();
  if (!me?.held || pathname === '/system') return null; // that screen says it by itself
  return (
    <Note
      tone="bad"
      title={t('held.title')}
      className="mx-4 mt-4 sm:mx-8"
      role="status"
      actions={
        <Link to="/system" className={buttonClass('quiet', 'sm')}>
          {t('held.open')}
        </Link>
      }
    >
      {t('held.text')}
    </Note>
  );
}

export function Shell() {
  const queries = useQueryClient();
  useEffect(() => listen(queries), [queries]);
  const [open, setOpen] = useState<Open | null>(null);
  useKeys(setOpen);
  const me = useQuery(meQuery).data;
  const location = useLocation();
  const composing = location.pathname === '/compose' || location.pathname.endsWith('/edit');
  return (
    <div className={cx('min-h-dvh', me?.sandbox && '[--ribbon:36px]')}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-4 focus:py-2"
      >
        {t('nav.skip')}
      </a>
      {me?.sandbox && <SandboxRibbon />}
      <div className="flex">
        <Rail onSearch={() => setOpen('palette')} />
        <div className="min-w-0 flex-1">
          <TopBar onSearch={() => setOpen('palette')} />
          <HeldBanner />
          <main id="main" tabIndex={-1} className={cx('outline-none', !composing && 'pb-24 lg:pb-12')}>
            <Outlet />
          </main>
        </div>
      </div>
      {!composing && <TabBar />}
      <Suspense>
        {open === 'palette' && <Palette onClose={() => setOpen(null)} onSheet={() => setOpen('sheet')} />}
        {open === 'sheet' && <Sheet onClose={() => setOpen(null)} />}
      </Suspense>
      <SignInAgain />
    </div>
  );
}

// The head of a screen: its name, one sentence, its actions. Also names the browser's tab.
export function ScreenHead({ title, lead, actions }: { title: string; lead?: ReactNode; actions?: ReactNode }) {
  useTitle(title);
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-4 pb-6">
      <div className="min-w-0 flex-1 basis-64">
        <h1 className="text-[26px] leading-tight font-semibold tracking-tight">{title}</h1>
        {lead && <p className="mt-1.5 max-w-2xl text-ink-2">{lead}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}

// The width of a screen.
export const Screen = ({ children, wide, full }: { children: ReactNode; wide?: boolean; full?: boolean }) => (
  <div
    className={cx(
      'mx-auto px-4 sm:px-8',
      full ? 'max-w-[1760px] pt-4 sm:pt-6' : 'pt-6 sm:pt-9',
      !full && (wide ? 'max-w-[1320px]' : 'max-w-[1040px]'),
    )}
  >
    {children}
  </div>
);
