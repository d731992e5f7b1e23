// Where everything is kept, how much room is left, and when it was last copied away.
import { Archive, Cloud, HardDrive } from 'lucide-react';
import type { System } from '../api/client';
import { t, tx } from '../i18n';
import { cx } from '../kit/cx';
import { Ago, At, useNow } from '../kit/time';
import { size } from '../media/read';
import { StorageTest } from './storage_test';

const week = 7 * 86_400_000;
const command = 'carillon backup carillon.tar';

export function Storage({ system }: { system: System }) {
  return (
    <section className="card grid gap-5 p-5 md:grid-cols-2" aria-label={t('system.keeping')}>
      <Disk system={system} />
      <Backup system={system} />
      {system.media.bucket && <Bucket media={system.media} />}
      <StorageTest />
    </section>
  );
}

function Disk({ system }: { system: System }) {
  const { disk } = system;
  const scarce = disk !== null && disk.free_bytes * 20 < disk.total_bytes;
  return (
    <div className="flex items-start gap-3.5">
      <HardDrive size={20} aria-hidden className={cx('mt-0.5 shrink-0', scarce ? 'text-warn' : 'text-ink-3')} />
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{t('system.storage')}</h2>
        <p className="text-sm break-words text-ink-2">{system.storage}</p>
        {disk && (
          <>
            <meter
              className={cx('budget-bar mt-2.5 block h-1.5 w-full', scarce ? 'text-warn' : 'text-accent')}
              aria-label={t('system.diskLabel')}
              min={0}
              max={disk.total_bytes}
              value={disk.free_bytes}
            />
            <p className="nums mt-1.5 text-[13px] text-ink-3">
              {t('system.disk', { free: size(disk.free_bytes), all: size(disk.total_bytes) })}
              {scarce && ` ${t('system.diskScarce')}`}
            </p>
          </>
        )}
      </div>
    </div>
  );
}

function Bucket({ media }: { media: System['media'] }) {
  return (
    <div className="flex items-start gap-3.5 md:col-span-2">
      <Cloud size={20} aria-hidden className={cx('mt-0.5 shrink-0', media.reachable ? 'text-ok' : 'text-bad')} />
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{t('bucket.title')}</h2>
        <p className="text-sm break-words text-ink-2">
          {media.where} · {t(media.reachable ? 'bucket.reachable' : 'bucket.unreachable')}
        </p>
        <meter
          className="budget-bar mt-2.5 block h-1.5 w-full text-accent"
          aria-label={t('bucket.hereLabel')}
          min={0}
          max={Math.max(media.limit_bytes, media.here_bytes)}
          value={media.here_bytes}
        />
        <p className="nums mt-1.5 text-[13px] text-ink-3">
          {t('bucket.here', { here: size(media.here_bytes), limit: size(media.limit_bytes) })}
          {media.unsent > 0 && ` ${t('bucket.unsent', { n: media.unsent })}`}
        </p>
      </div>
    </div>
  );
}

function Backup({ system }: { system: System }) {
  const at = system.last_backup;
  const old = useNow() - (at ? new Date(at).getTime() : 0) > week;
  return (
    <div className="flex items-start gap-3.5">
      <Archive size={20} aria-hidden className={cx('mt-0.5 shrink-0', old ? 'text-warn' : 'text-ok')} />
      <div className="min-w-0 flex-1">
        <h2 className="font-semibold">{t('system.backup')}</h2>
        <p className="text-sm text-ink-2">
          {at ? tx('system.backupAt', { time: <At at={at} />, ago: <Ago at={at} /> }) : t('system.backupNever')}
        </p>
        {old && (
          <p className="mt-1.5 text-[13px] text-ink-3">
            {tx('system.backupHow', { command: <code className="font-mono">{command}</code> })}
          </p>
        )}
      </div>
    </div>
  );
}
