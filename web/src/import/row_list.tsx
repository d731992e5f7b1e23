// The rows of a table as they were judged: state, what they say, what to think of, and the cells to mend.
import { useState, type ReactNode } from 'react';
import type { RowState, RowTrouble } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Chip, type ChipTone } from '../kit/chip';
import { cx } from '../kit/cx';
import { inputClass } from '../kit/field';
import type { LookedRow } from './looked';
import { placeOf, type Table } from './table';

const tones: Record<RowState, ChipTone> = { ready: 'ok', wrong: 'bad', there: 'plain', imported: 'accent' };
const shownAtOnce = 100;
const longColumns = new Set(['text', 'note']);

interface Props<Row extends LookedRow> {
  rows: Row[];
  table: Table;
  onMend: (line: number, column: string, text: string) => void;
  children: (row: Row) => ReactNode; // what the row says
}

export function RowList<Row extends LookedRow>({ rows, table, onMend, children }: Props<Row>) {
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
              {children(row)}
            </div>
            {row.warnings.map((warning) => (
              <p key={warning.code + warning.text} className="mt-1 pl-14 text-[13px] text-pretty">
                <span className="text-warn">{warning.text}</span> <span className="text-ink-2">{warning.fix}</span>
              </p>
            ))}
            {row.troubles.map((trouble) => (
              <Trouble key={trouble.code + trouble.column} line={row.line} {...{ trouble, table, onMend }} />
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

interface TroubleProps {
  line: number;
  trouble: RowTrouble;
  table: Table;
  onMend: Props<LookedRow>['onMend'];
}

// What is wrong, what to do, and the cell to do it in.
function Trouble({ line, trouble, table, onMend }: TroubleProps) {
  const place = placeOf(table, trouble.column);
  const now = table.rows.find((r) => r.line === line)?.cells[place] ?? '';
  const [text, setText] = useState(now);
  const long = longColumns.has(trouble.column);
  const props = {
    'aria-label': t('import.mend', { column: trouble.column, line }),
    value: text,
    onBlur: () => text !== now && onMend(line, trouble.column, text),
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
