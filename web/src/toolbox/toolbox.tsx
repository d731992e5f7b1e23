// What texts and plans have in common: hashtags, variables, marks on links, closed days, warnings.
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Braces, CalendarOff, Hash, Link2, TriangleAlert, type LucideIcon } from 'lucide-react';
import { meQuery } from '../api/queries';
import { t } from '../i18n';
import { TabIcon, TabLinks, tabLinkClass } from '../kit/tab_links';
import { Screen, ScreenHead } from '../shell/shell';
import { Days } from './days';
import { Hashtags } from './hashtags';
import { Links } from './links';
import { Variables } from './variables';
import { Warnings } from './warnings';

const tabs = ['hashtags', 'variables', 'links', 'days', 'warnings'] as const;
type Tab = (typeof tabs)[number];
const icons: Record<Tab, LucideIcon> = {
  hashtags: Hash,
  variables: Braces,
  links: Link2,
  days: CalendarOff,
  warnings: TriangleAlert,
};

export function ToolboxScreen() {
  const { tab } = useSearch({ from: '/inside/toolbox' });
  const me = useQuery(meQuery).data;
  const here: Tab = tabs.find((each) => each === tab) ?? 'hashtags';
  const canWrite = me?.permissions.includes('posts.write') ?? false;
  return (
    <Screen>
      <ScreenHead title={t('nav.toolbox')} lead={t('toolbox.lead')} />
      <TabLinks label={t('toolbox.parts')}>
        {tabs.map((each) => (
          <TabLink key={each} tab={each} here={each === here} />
        ))}
      </TabLinks>
      {here === 'hashtags' && <Hashtags canWrite={canWrite} />}
      {here === 'variables' && <Variables canWrite={canWrite} />}
      {here === 'links' && <Links canWrite={canWrite} />}
      {here === 'days' && <Days canWrite={canWrite} />}
      {here === 'warnings' && <Warnings canWrite={canWrite} />}
    </Screen>
  );
}

function TabLink({ tab, here }: { tab: Tab; here: boolean }) {
  return (
    <li className="shrink-0">
      <Link
        to="/toolbox"
        search={{ tab }}
        aria-current={here ? 'page' : undefined}
        className={tabLinkClass(here)}
      >
        <TabIcon icon={icons[tab]} />
        {t(`toolbox.${tab}`)}
      </Link>
    </li>
  );
}
