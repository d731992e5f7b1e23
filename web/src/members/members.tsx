// Who is here: people and their roles, my own sessions, keys for programs, and the record of who did what.
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { KeyRound, ScrollText, UserRound, Users, type LucideIcon } from 'lucide-react';
import { meQuery } from '../api/queries';
import { t, tWord } from '../i18n';
import { Note } from '../kit/note';
import { TabIcon, TabLinks, tabLinkClass } from '../kit/tab_links';
import { Screen, ScreenHead } from '../shell/shell';
import { AuditLog } from './audit';
import { Keys } from './keys';
import { People } from './people';
import type { Permission } from './read';
import { You } from './you';

const tabs = ['people', 'you', 'keys', 'audit'] as const;
type Tab = (typeof tabs)[number];
const icons: Record<Tab, LucideIcon> = { people: Users, you: UserRound, keys: KeyRound, audit: ScrollText };
// What one must be allowed to see it at all; the server refuses everybody else.
const needs: Partial<Record<Tab, Permission>> = { people: 'people.manage', keys: 'keys.manage', audit: 'audit.read' };

export function MembersScreen() {
  const { tab } = useSearch({ from: '/inside/members' });
  const me = useQuery(meQuery).data;
  const here: Tab = tabs.find((each) => each === tab) ?? 'people';
  if (!me) return null;
  const need = needs[here];
  const allowed = !need || me.permissions.includes(need);
  return (
    <Screen>
      <ScreenHead title={t('nav.members')} lead={t('members.lead', { workspace: me.workspace.name })} />
      <TabLinks label={t('members.parts')}>
        {tabs.map((each) => (
          <TabLink key={each} tab={each} here={each === here} />
        ))}
      </TabLinks>
      {!allowed && (
        <Note title={t(`members.${here as 'people' | 'keys' | 'audit'}Closed`)}>
          {t('members.closedText', { role: tWord('role', me.user.role) })}
        </Note>
      )}
      {allowed && here === 'people' && <People me={me} />}
      {here === 'you' && <You me={me} />}
      {allowed && here === 'keys' && <Keys me={me} />}
      {allowed && here === 'audit' && <AuditLog />}
    </Screen>
  );
}

function TabLink({ tab, here }: { tab: Tab; here: boolean }) {
  return (
    <li className="shrink-0">
      <Link
        to="/members"
        search={{ tab }}
        aria-current={here ? 'page' : undefined}
        className={tabLinkClass(here)}
      >
        <TabIcon icon={icons[tab]} />
        {t(`members.${tab}`)}
      </Link>
    </li>
  );
}
