// How often a feed is fetched, in the largest unit that says it: 720 minutes are every 12 hours.
import { t } from '../i18n';

export function paceText(minutes: number): string {
  if (minutes % 1440 === 0) return t('feeds.everyDays', { n: minutes / 1440 });
  if (minutes % 60 === 0) return t('feeds.everyHours', { n: minutes / 60 });
  return t('feeds.every', { n: minutes });
}
