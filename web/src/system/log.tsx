// What the server writes down, newest first: filtered, live, to be copied into a question. No secret is in it.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ClipboardCopy, Pause, Play, Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { meQuery } from '../api/queries';
import { t, tWord } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { inputClass, Select } from '../kit/field';
import { Trouble } from '../kit/note';
import { clockSeconds } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { levels, logQuery, type Level, type LogRecord } from './read';

const inks: Record<Level, string> = { debug: 'text-ink-3', info: 'text-ink-2', warning: 'text-warn', error: 'text-bad' };

const lineOf = (r: LogRecord) =>
  `${r.at} ${r.level} ${r.event}: ${r.text}${r.fields.map((f) => ` ${f.name}=${f.value}`).join('')}`;

export function Log() {
  const may = useQuery(meQuery).data?.permissions.includes('system.manage') ?? false;
  if (!may) return null;
  return <Shown />;
}

function Shown() {
  const [level, setLevel] = useState<Level>('info');
  const [text, setText] = useState('');
  const [live, setLive] = useState(true);
  const sought = useDeferredValue(text.trim());
  const log = useInfiniteQuery({ ...logQuery({ level, text: sought || undefined }), refetchInterval: live ? 3000 : false });
  const records = log.data?.pages.flatMap((page) => page.items) ?? [];
  const copy = () =>
    navigator.clipboard
      .writeText(records.map(lineOf).reverse().join('\n'))
      .then(() => toastDone(t('log.copied', { n: records.length })), toastError);
  return (
    <section className="card overflow-hidden" aria-labelledby="log">
      <div className="flex flex-wrap items-end gap-3 p-5 pb-4">
        <div className="min-w-0 flex-1 basis-64">
          <h2 id="log" className="font-semibold">
            {t('log.title')}
          </h2>
          <p className="mt-1 text-sm text-ink-2">{t('log.lead')}</p>
        </div>
        <Button size="sm" icon={live ? Pause : Play} aria-pressed={live} onClick={() => setLive(!live)}>
          {t(live ? 'log.pause' : 'log.resume')}
        </Button>
        <Button size="sm" icon={ClipboardCopy} disabled={records.length === 0} onClick={() => void copy()}>
          {t('secret.copy')}
        </Button>
      </div>
      <div className="flex flex-wrap gap-3 px-5 pb-4">
        <span className="relative min-w-0 flex-1 basis-56">
          <Search size={16} aria-hidden className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3" />
          <input
            type="search"
            aria-label={t('log.search')}
            placeholder={t('log.search')}
            value={text}
            maxLength={200}
            onChange={(e) => setText(e.target.value)}
            className={cx(inputClass, 'pl-9')}
          />
        </span>
        <Select
          aria-label={t('log.level')}
          value={level}
          onChange={(e) => setLevel(e.target.value as Level)}
          options={levels.map((value) => ({ value, label: t(`log.from.${value}`) }))}
          className="sm:max-w-64"
        />
      </div>
      {log.error && <Trouble error={log.error} />}
      <div
        role="log"
        aria-label={t('log.title')}
        aria-live="off"
        tabIndex={0}
        className="max-h-96 overflow-y-auto border-t border-line bg-sunken focus-inset"
      >
        {log.data && records.length === 0 && (
          <p className="px-5 py-6 text-sm text-ink-2">{t(sought || level !== 'debug' ? 'log.noneLike' : 'log.none')}</p>
        )}
        <ol className="divide-y divide-line">
          {records.map((record) => (
            <Line key={record.number} record={record} />
          ))}
        </ol>
        {log.hasNextPage && (
          <p className="p-3 text-center">
            <Button size="sm" busy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              {t('more')}
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}

function Line({ record }: { record: LogRecord }) {
  return (
    <li className="grid gap-x-4 gap-y-0.5 px-5 py-2 text-[13px] sm:grid-cols-[auto_1fr]">
      <p className="flex items-baseline gap-2.5 sm:flex-col sm:gap-0">
        <time dateTime={record.at} className="nums text-ink-3">
          {clockSeconds(record.at)}
        </time>
        <span className={cx('font-medium', inks[record.level])}>{tWord('log.word', record.level)}</span>
      </p>
      <div className="min-w-0 break-words">
        <p className="text-ink">{record.text}</p>
        <p className="font-mono text-xs text-ink-3">
          {record.event}
          {record.fields.map((field) => ` ${field.name}=${field.value}`)}
        </p>
      </div>
    </li>
  );
}
