// The places of the page, in the order in which the rail shows them, and the key that leads to each after G. `within`:
// screens without a place of their own that belong to it.
import {
  Bell,
  Braces,
  CalendarDays,
  Gauge,
  Images,
  ListChecks,
  ListOrdered,
  Megaphone,
  Newspaper,
  UserCog,
  Users,
  type LucideIcon,
} from 'lucide-react';

export const places = [
  { to: '/calendar', icon: CalendarDays, label: 'nav.calendar', key: 'c' },
  { to: '/posts', icon: Newspaper, label: 'nav.posts', key: 'p', within: ['/compose'] },
  {
    to: '/queue',
    icon: ListOrdered,
    label: 'nav.queue',
    key: 'q',
    within: ['/evergreen', '/feeds', '/import', '/plan'],
  },
  { to: '/campaigns', icon: Megaphone, label: 'nav.campaigns', key: 'k' },
  { to: '/tasks', icon: ListChecks, label: 'nav.tasks', key: 't' },
  { to: '/toolbox', icon: Braces, label: 'nav.toolbox', key: 'b' },
  { to: '/media', icon: Images, label: 'nav.media', key: 'm' },
  { to: '/accounts', icon: Users, label: 'nav.accounts', key: 'a' },
  { to: '/notifications', icon: Bell, label: 'nav.notifications', key: 'n' },
  { to: '/members', icon: UserCog, label: 'nav.members', key: 'u' },
  { to: '/system', icon: Gauge, label: 'nav.system', key: 's' },
] as const satisfies { to: string; icon: LucideIcon; label: string; key: string; within?: string[] }[];
export type Place = (typeof places)[number];

const below = (path: string, top: string) => path === top || path.startsWith(`${top}/`);
export const isAt = (place: Place, path: string) =>
  below(path, place.to) || ('within' in place && place.within.some((top) => below(path, top)));
