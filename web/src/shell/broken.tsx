import { Link, useRouter } from '@tanstack/react-router';
import { t } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { Trouble } from '../kit/note';
import { Wordmark } from './brand';
import { useTitle } from './title';

export function Broken({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <div className="mx-auto grid max-w-lg gap-6 px-5 py-16">
      <Wordmark />
      <Trouble
        error={error}
        actions={
          <Button size="sm" onClick={() => void router.invalidate()}>
            {t('retry')}
          </Button>
        }
      />
    </div>
  );
}

export function NotFound() {
  useTitle(t('notFound.title'));
  return (
    <div className="mx-auto grid max-w-lg justify-items-start gap-4 px-5 py-16">
      <Wordmark />
      <h1 className="mt-4 text-2xl font-semibold">{t('notFound.title')}</h1>
      <p className="text-ink-2">{t('notFound.text')}</p>
      <Link to="/posts" className={buttonClass('primary')}>
        {t('notFound.home')}
      </Link>
    </div>
  );
}
