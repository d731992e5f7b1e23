// Every screen and its address. Screens that are not seen first are loaded when they are.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { api, ask, Problem } from './api/client';
import { meQuery } from './api/queries';
import { readSearch } from './calendar/search';
import { laterWords } from './i18n';
import { SignIn } from './entry/sign_in';
import { recall, remember } from './kit/remembered';
import { Broken, NotFound } from './shell/broken';

// A screen of its own file, with its words.
const screen = <T extends Record<string, unknown>, K extends keyof T & string>(load: () => Promise<T>, name: K) =>
  lazyRouteComponent(async () => (await Promise.all([load(), laterWords()]))[0], name);

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet, notFoundComponent: NotFound });

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: screen(() => import('./entry/setup'), 'Setup'),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (s: Record<string, unknown>): { to?: string } => (typeof s.to === 'string' ? { to: s.to } : {}),
  component: SignIn,
});

// Whoever was inside on this device comes in again, nearly always.
const wasInside = 'carillon.inside';

// Everything behind the door: needs a session, asks for setup when there is nobody yet.
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: screen(() => import('./shell/shell'), 'Shell'),
  errorComponent: Broken,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(meQuery);
      remember(wasInside, 'yes');
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      remember(wasInside, null);
      const { needed } = await ask(api.GET('/api/v1/setup'));
      if (needed) throw redirect({ to: '/setup' });
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } });
    }
  },
});

const calendarScreen = screen(() => import('./calendar/calendar'), 'CalendarScreen');
const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: calendarScreen, // where it leads
  beforeLoad: () => {
    throw redirect({ to: '/calendar', replace: true });
  },
});

const calendar = createRoute({
  getParentRoute: () => inside,
  path: '/calendar',
  validateSearch: readSearch,
  component: calendarScreen,
});
const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
const posts = createRoute({
  getParentRoute: () => inside,
  path: '/posts',
  validateSearch: (s: Record<string, unknown>): { view?: string; text?: string; account?: string; campaign?: string } => ({
    view: text(s.view),
    text: text(s.text),
    account: text(s.account),
    campaign: text(s.campaign),
  }),
  component: screen(() => import('./posts/list'), 'PostsScreen'),
});
const post = createRoute({
  getParentRoute: () => inside,
  path: '/posts/$id',
  validateSearch: (s: Record<string, unknown>): { target?: string } => ({ target: text(s.target) }),
  component: screen(() => import('./posts/post'), 'PostScreen'),
});
const edit = createRoute({
  getParentRoute: () => inside,
  path: '/posts/$id/edit',
  component: screen(() => import('./compose/compose'), 'EditScreen'),
});
const compose = createRoute({
  getParentRoute: () => inside,
  path: '/compose',
  // draft: the text kept on this device. at, zone, accounts: what the caller chose already (a calendar cell, an account).
  validateSearch: (s: Record<string, unknown>): { draft?: string; at?: string; zone?: string; accounts?: string; campaign?: string } => ({
    draft: text(s.draft),
    at: text(s.at),
    zone: text(s.zone),
    accounts: text(s.accounts),
    campaign: text(s.campaign),
  }),
  component: screen(() => import('./compose/compose'), 'ComposeScreen'),
});
const campaigns = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns',
  component: screen(() => import('./campaigns/campaigns'), 'CampaignsScreen'),
});
const campaign = createRoute({
  getParentRoute: () => inside,
  path: '/campaigns/$id',
  component: screen(() => import('./campaigns/campaign'), 'CampaignScreen'),
});
const tasks = createRoute({
  getParentRoute: () => inside,
  path: '/tasks',
  validateSearch: (s: Record<string, unknown>): { state?: string; campaign?: string } => ({
    state: text(s.state),
    campaign: text(s.campaign),
  }),
  component: screen(() => import('./tasks/tasks'), 'TasksScreen'),
});
const taskImport = createRoute({
  getParentRoute: () => inside,
  path: '/tasks/import',
  component: screen(() => import('./tasks/import'), 'TaskImportScreen'),
});
const accounts = createRoute({
  getParentRoute: () => inside,
  path: '/accounts',
  validateSearch: (s: Record<string, unknown>): { connect?: string; add?: string } => ({
    connect: text(s.connect),
    add: text(s.add),
  }),
  component: screen(() => import('./accounts/accounts'), 'AccountsScreen'),
});
const queue = createRoute({
  getParentRoute: () => inside,
  path: '/queue',
  validateSearch: (s: Record<string, unknown>): { account?: string } => ({ account: text(s.account) }),
  component: screen(() => import('./queue/queue'), 'QueueScreen'),
});
const toolbox = createRoute({
  getParentRoute: () => inside,
  path: '/toolbox',
  validateSearch: (s: Record<string, unknown>): { tab?: string } => ({ tab: text(s.tab) }),
  component: screen(() => import('./toolbox/toolbox'), 'ToolboxScreen'),
});
const importing = createRoute({
  getParentRoute: () => inside,
  path: '/import',
  component: screen(() => import('./import/import'), 'ImportScreen'),
});
const plan = createRoute({
  getParentRoute: () => inside,
  path: '/plan',
  component: screen(() => import('./plans/plan'), 'PlanScreen'),
});
const feeds = createRoute({
  getParentRoute: () => inside,
  path: '/feeds',
  component: screen(() => import('./feeds/feeds'), 'FeedsScreen'),
});
const evergreen = createRoute({
  getParentRoute: () => inside,
  path: '/evergreen',
  component: screen(() => import('./evergreen/evergreen'), 'EvergreenScreen'),
});
const notifications = createRoute({
  getParentRoute: () => inside,
  path: '/notifications',
  component: screen(() => import('./notices/notices'), 'NoticesScreen'),
});
const members = createRoute({
  getParentRoute: () => inside,
  path: '/members',
  validateSearch: (s: Record<string, unknown>): { tab?: string; about?: string; by?: string } => ({
    tab: text(s.tab),
    about: text(s.about),
    by: text(s.by),
  }),
  component: screen(() => import('./members/members'), 'MembersScreen'),
});
const media = createRoute({
  getParentRoute: () => inside,
  path: '/media',
  validateSearch: (
    s: Record<string, unknown>,
  ): { text?: string; kind?: string; tag?: string; sort?: string; unused?: string; folder?: string; file?: string } => ({
    text: text(s.text),
    kind: text(s.kind),
    tag: text(s.tag),
    sort: text(s.sort),
    unused: text(s.unused),
    folder: text(s.folder),
    file: text(s.file),
  }),
  component: screen(() => import('./media/media'), 'MediaScreen'),
});
const system = createRoute({
  getParentRoute: () => inside,
  path: '/system',
  component: screen(() => import('./system/system'), 'SystemScreen'),
});

const tree = root.addChildren([
  setup,
  signIn,
  inside.addChildren([home, calendar, posts, post, edit, compose, accounts, campaigns, campaign, tasks, taskImport, notifications, system, queue, toolbox, importing,
    plan,
    feeds,
    evergreen, members, media]),
]);

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    // Plain words in the address: a ticket that looks like a number stays what it is.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const pairs = Object.entries(search).filter(([, v]) => v !== undefined && v !== '');
      const words = new URLSearchParams(pairs.map(([k, v]) => [k, String(v)])).toString();
      return words && `?${words}`;
    },
    defaultErrorComponent: Broken,
  });

// Loads the screen of this address while the server is asked who we are.
export function loadAhead(router: ReturnType<typeof makeRouter>) {
  if (!recall(wasInside)) return;
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    const route = (router.routesById as Record<string, { options: unknown }>)[routeId as string];
    const { component } = route!.options as { component?: { preload?: () => Promise<void> } };
    component?.preload?.().catch(() => undefined); // said when it is wanted
  }
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
