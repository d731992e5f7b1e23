import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CalendarPlus, ChevronLeft, ChevronRight, Download, ListChecks, Table2 } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { meQuery } from '../api/queries';
import { t } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { cx } from '../kit/cx';
import { Waiting } from '../kit/empty';
import { Menu, MenuItem } from '../kit/menu';
import { Trouble } from '../kit/note';
import { Screen, useTitle } from '../shell/shell';
import { FirstSteps } from '../posts/first';
import { Legend, useCampaigns } from './campaigns';
import { useClosedDays } from './closed';
import { Agenda } from './agenda';
import { Board } from './board';
import { BulkBar } from './bulk';
import { Day } from './day';
import { AccountsColumn } from './column';
import { byDay, type Entry } from './entries';
import { Filters } from './filters';
import { List } from './list';
import { Month } from './month';
import { useMoves } from './move';
import type { ViewProps } from './parts';
import { calendarQuery, dayOfSearch, exportOf, recalled, remember, viewOf } from './read';
import { daysOf, step, titleOf, today, views, type View } from './range';
import { filterNames, type Search } from './search';
import { Week } from './week';

const narrow = '(max-width: 767px)';
const useNarrow = () =>
  useSyncExternalStore(
    (changed) => {
      const media = matchMedia(narrow);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(narrow).matches,
  );

const noEntries: Entry[] = [];

export function CalendarScreen() {
  const search = useSearch({ from: '/inside/calendar' });
  const navigate = useNavigate({ from: '/calendar' });
  const isNarrow = useNarrow();
  const view: View = isNarrow ? 'month' : viewOf(search);
  const on = dayOfSearch(search);
  const query = useQuery(calendarQuery(search, view, on));
  const canWrite = useQuery(meQuery).data?.permissions.includes('posts.write') ?? false;
  const moves = useMoves();
  useTitle(t('calendar.title'));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [selecting, setSelecting] = useState(false);

  const change = useCallback(
    (to: Partial<Search>) => void navigate({ search: (old) => ({ ...old, ...to }), replace: true }),
    [navigate],
  );
  // The view and the filters of the last visit, unless the address says some.
  useEffect(() => {
    const nothing = !search.view && !search.on && filterNames.every((name) => !search[name]);
    const before = recalled();
    if (nothing && Object.values(before).some(Boolean)) change(before);
  }, []);
  useEffect(() => remember(search), [search]);

  const days = useMemo(() => daysOf(view, on), [view, on]);
  const entries = query.data?.entries ?? noEntries;
  const shown = useMemo(() => entries.filter((e) => e.day >= days[0]! && e.day <= days.at(-1)!), [entries, days]);
  const known = useMemo(() => new Map(entries.map((e) => [e.id, e])), [entries]);
  const grouped = useMemo(() => byDay(shown), [shown]);
  const tags = useMemo(() => [...new Set(entries.flatMap((e) => e.tags))], [entries]);
  const chosen = useMemo(() => shown.filter((e) => selected.has(e.id)), [shown, selected]);
  const none = useCallback(() => (setSelected(new Set()), setSelecting(false)), []);
  const toggle = useCallback(
    (id: string) =>
      setSelected((old) => {
        const next = new Set(old);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const openDay = useCallback((day: string) => change({ on: day, ...(isNarrow ? {} : { view: 'day' }) }), [change, isNarrow]);
  const accounts = query.data?.accounts ?? new Map();
  const closed = useClosedDays(days);
  const campaigns = useCampaigns(entries);
  const props: ViewProps = {
    on,
    today: today(),
    days,
    byDay: grouped,
    closed,
    accounts,
    campaigns,
    selected,
    selecting: selecting || selected.size > 0,
    canWrite,
    onDay: openDay,
  };
  const filtered = filterNames.some((name) => search[name]);

  return (
    <Screen full>
      <h1 className="sr-only">{t('calendar.title')}</h1>
      <div className="flex gap-5">
        <AccountsColumn chosen={search.account} onChoose={(account) => change({ account })} />
        <div className="min-w-0 flex-1">
          <div className="mb-4 flex flex-wrap items-center gap-2">
            <div className="flex items-center gap-1.5">
              <Button onClick={() => change({ on: undefined })}>{t('today')}</Button>
              <IconButton icon={ChevronLeft} label={t('calendar.before')} onClick={() => change({ on: step(view, on, -1) })} />
              <IconButton icon={ChevronRight} label={t('calendar.after')} onClick={() => change({ on: step(view, on, 1) })} />
            </div>
            <h2 aria-live="polite" className="nums mr-auto min-w-44 pl-1.5 text-[22px] leading-tight font-semibold tracking-tight">
              {titleOf(view, on)}
            </h2>
            {!isNarrow && <Switch view={view} onChange={(next) => change({ view: next === 'month' ? undefined : next })} />}
            <div className="flex w-full items-center gap-2 sm:w-auto">
              <Filters search={search} tags={tags} onChange={change} />
              {canWrite && (
                <Button
                  icon={ListChecks}
                  aria-pressed={props.selecting}
                  look={props.selecting ? 'soft' : 'quiet'}
                  aria-label={t('bulk.select')}
                  onClick={() => (props.selecting ? none() : setSelecting(true))}
                />
              )}
              <Export search={search} view={view} on={on} />
            </div>
          </div>
          {query.error && (
            <Trouble
              error={query.error}
              actions={
                <Button size="sm" onClick={() => void query.refetch()}>
                  {t('retry')}
                </Button>
              }
            />
          )}
          {query.isPending && !query.error && <Waiting rows={5} height="h-32" label={t('loading')} />}
          <Legend campaigns={campaigns} chosen={search.campaign} onChoose={(campaign) => change({ campaign })} />
          {query.data && (
            <Board
              view={view}
              label={titleOf(view, on)}
              entries={known}
              accounts={accounts}
              selected={selected}
              selecting={props.selecting}
              canWrite={canWrite}
              closed={closed}
              onToggle={toggle}
              onMove={(entry, shift) => void moves.one(entry, shift)}
              onMany={(ids, by) => void moves.many(ids, by)}
              onGo={(day) => !days.includes(day) && change({ on: day })}
            >
              <div className={cx('transition-opacity', query.isPlaceholderData && 'opacity-60')}>
                {isNarrow ? (
                  <Agenda view={props} onToggle={toggle} />
                ) : view === 'month' ? (
                  <Month {...props} />
                ) : view === 'week' ? (
                  <Week {...props} />
                ) : view === 'day' ? (
                  <Day {...props} />
                ) : (
                  <List entries={shown} view={props} onToggle={toggle} />
                )}
              </div>
            </Board>
          )}
          {query.data && shown.length === 0 && !query.isPlaceholderData && (
            <div className="mt-6">
              {filtered ? (
                <p role="status" className="py-6 text-center text-ink-2">
                  {t('calendar.noneFiltered')}{' '}
                  <button
                    type="button"
                    className="font-medium text-accent underline underline-offset-3"
                    onClick={() => change(Object.fromEntries(filterNames.map((name) => [name, undefined])))}
                  >
                    {t('filter.clear')}
                  </button>
                </p>
              ) : (
                <FirstSteps otherwise={<p className="py-6 text-center text-ink-2">{t('calendar.none')}</p>} />
              )}
            </div>
          )}
          {props.selecting && (
            <BulkBar
              chosen={chosen}
              shown={shown.length}
              onAll={() => setSelected(new Set(shown.slice(0, 500).map((e) => e.id)))}
              onNone={none}
              onMove={moves.many}
              onChanged={moves.reread}
            />
          )}
        </div>
      </div>
    </Screen>
  );
}

function Switch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  return (
    <div role="group" aria-label={t('calendar.view')} className="flex rounded-[9px] border border-line-strong bg-surface p-[3px] shadow-1">
      {views.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === view}
          onClick={() => onChange(one)}
          className={cx(
            'h-7.5 rounded-md px-3 text-[13.5px] font-medium',
            one === view ? 'bg-accent-soft text-accent' : 'text-ink-2 hover:text-ink',
          )}
        >
          {t(`calendar.view.${one}`)}
        </button>
      ))}
    </div>
  );
}

function Export({ search, view, on }: { search: Search; view: View; on: string }) {
  const fetchIt = (form: 'calendar.ics' | 'export.csv') => location.assign(exportOf(form, search, view, on));
  return (
    <Menu trigger={<IconButton icon={Download} label={t('calendar.export')} className="border border-line-strong bg-surface shadow-1" />}>
      <MenuItem icon={CalendarPlus} note={t('calendar.icsNote')} onSelect={() => fetchIt('calendar.ics')}>
        {t('calendar.ics')}
      </MenuItem>
      <MenuItem icon={Table2} note={t('calendar.csvNote')} onSelect={() => fetchIt('export.csv')}>
        {t('calendar.csv')}
      </MenuItem>
    </Menu>
  );
}
