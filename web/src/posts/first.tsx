// The one next step of somebody who has just begun: an account first, then a post.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PenLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { accountsQuery, systemQuery } from '../api/queries';
import { t } from '../i18n';
import { buttonClass } from '../kit/button';
import { Empty } from '../kit/empty';
import { Mark } from '../shell/brand';

// `otherwise`: what is said where there are posts, only not here.
export function FirstSteps({ otherwise }: { otherwise?: ReactNode }) {
  const accounts = useQuery(accountsQuery).data;
  const system = useQuery(systemQuery).data;
  const sandbox = system?.sandbox_url;
  const art = <Mark size={52} className="rounded-2xl" />;
  if (accounts?.length === 0)
    return (
      <Empty
        art={art}
        title={t('posts.firstAccountTitle')}
        actions={
          <Link to="/accounts" className={buttonClass('primary', 'lg')}>
            {sandbox ? t('posts.firstAccountSandbox') : t('accounts.add')}
          </Link>
        }
      >
        {sandbox ? t('posts.firstAccountSandboxText') : t('posts.firstAccountText')}
      </Empty>
    );
  if (otherwise && system?.posts !== 0) return otherwise;
  return (
    <Empty
      art={art}
      title={t('posts.firstTitle')}
      actions={
        <Link to="/compose" className={buttonClass('primary', 'lg')}>
          <PenLine size={17} aria-hidden />
          {t('posts.firstAction')}
        </Link>
      }
    >
      {t('posts.firstText')}
    </Empty>
  );
}
