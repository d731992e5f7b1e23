import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account, ImportRow } from '../api/client';
import { wallText } from '../compose/wall';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Chip, type ChipTone } from '../kit/chip';
import { cx } from '../kit/cx';
import { inputClass } from '../kit/field';
import { Avatar } from '../networks/avatar';
import { placeOf, type Table } from './table';

const tones: Record<ImportRow['state'], ChipTone> = { ready: 'ok', wrong: 'bad', there: 'plain', imported: 'accent' };
const shownAtOnce = 100;

interface Props {
  rows: ImportRow[];
  table: Table;
  accounts: Account[];
  onMend: (line: number, column: string, text: string) => void;
}

export function Rows({ rows, table, accounts, onMend }: Props) {
  const [shown, setShown] = useState(shownAtOnce);
  return (
    <>
      <ul className="card divide-y divide-line overflow-hidden">
        {rows.slice(0, shown).map((row) => (
          <li
            key={`${row.line} ${row.key}`}
            data-line={row.line}
            className={cx('px-4 py-3 sm:px-5', row.state === 'wrong' && 'bg-bad-soft/40')}
          >
            <div className="flex flex-wrap items-start gap-x-4 gap-y-1.5">
              <span className="nums w-10 shrink-0 pt-0.5 text-right text-[13px] text-ink-3">{row.line}</span>
              <span className="w-24 shrink-0">
                <Chip tone={tones[row.state]}>{t(`import.${row.state}`)}</Chip>
              </span>
              <span className="nums w-44 shrink-0 pt-0.5 text-sm">
                <Time row={row} />
              </span>
              <span className="flex shrink-0 gap-1">
                {row.accounts.map((id) => {
                  const account = accounts.find((a) => a.id === id);
                  return account && <Avatar key={id} name={account.name} network={account.network} size={24} />;
                })}
              </span>
              <span className="line-clamp-2 min-w-48 flex-1 basis-60 pt-0.5 text-sm text-pretty">
                {row.post ? (
                  <Link to="/posts/$id" params={{ id: row.post }} className="font-medium underline underline-offset-3">
                    {row.title || row.text || t('queue.noText')}
                  </Link>
                ) : (
                  row.title || row.text
                )}
              </span>
            </div>
            {row.warnings.map((warning) => (
              <p key={warning} className="mt-1 pl-14 text-[13px] text-warn">
                {warning}
              </p>
            ))}
            {row.troubles.map((trouble) => (
              <Trouble key={trouble.code + trouble.column} row={row} trouble={trouble} table={table} onMend={onMend} />
            ))}
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <Button className="mt-4 justify-self-center" onClick={() => setShown(shown + 5 * shownAtOnce)}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function Time({ row }: { row: ImportRow }) {
  if (row.draft) return <>{t('import.draft')}</>;
  if (!row.at) return <span className="text-ink-3">–</span>;
  return (
    <>
      {wallText(row.at.local)}
      {row.queued && <span className="block text-[12.5px] text-ink-3">{t('import.slot')}</span>}
    </>
  );
}

interface TroubleProps {
  row: ImportRow;
  trouble: ImportRow['troubles'][number];
  table: Table;
  onMend: Props['onMend'];
}

// What is wrong, what to do, and the cell to do it in.
function Trouble({ row, trouble, table, onMend }: TroubleProps) {
  const place = placeOf(table, trouble.column);
  const now = table.rows.find((r) => r.line === row.line)?.cells[place] ?? '';
  const [text, setText] = useState(now);
  const long = trouble.column === 'text';
  const props = {
    'aria-label': t('import.mend', { column: trouble.column, line: row.line }),
    value: text,
    onBlur: () => text !== now && onMend(row.line, trouble.column, text),
    className: cx(inputClass, 'text-sm', long ? 'min-h-20 py-2' : 'h-9'),
  };
  return (
    <div className="mt-2 grid gap-2 pl-14 sm:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
      <p className="text-[13px]">
        <span className="font-medium text-bad">{trouble.text}</span> <span className="text-ink-2">{trouble.fix}</span>
      </p>
      {trouble.column &&
        (long ? (
          <textarea {...props} onChange={(e) => setText(e.target.value)} />
        ) : (
          <input
            {...props}
            onChange={(e) => setText(e.target.value)}
            onKeyDown={(e) => e.key === 'Enter' && e.currentTarget.blur()}
          />
        ))}
    </div>
  );
}
