// What became of a table that was looked at: how many rows are good, which are shown, and what to do with them.
import { Download, Trash2, Upload } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { RowState, RowTrouble } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Note } from '../kit/note';
import { save } from './kept_table';
import { parseTable, tableText } from './table';

export interface LookedRow {
  line: number;
  state: RowState;
  key: string;
  troubles: RowTrouble[];
  warnings: RowTrouble[];
}
export interface LookedResult<Row extends LookedRow> {
  ignored: string[];
  counts: Record<RowState, number>;
  rows: Row[];
}
type View = 'all' | 'warned' | RowState;

const isShown = (row: LookedRow, view: View) =>
  view === 'all' || (view === 'warned' ? row.warnings.length > 0 : row.state === view);

// The table with those of its rows only.
export function onlyRows(csv: string, rows: LookedRow[]): string {
  const table = parseTable(csv);
  const lines = new Set(rows.map((row) => row.line));
  const left = table.rows.filter((row) => lines.has(row.line));
  return left.length ? tableText({ ...table, rows: left }) : '';
}
export const isWrong = (row: LookedRow) => row.state === 'wrong';

interface Props<Row extends LookedRow> {
  result: LookedResult<Row>;
  csv: string;
  making: boolean;
  looking: boolean;
  onMake: () => void;
  onAway: () => void;
  children: (rows: Row[]) => ReactNode;
}

export function Looked<Row extends LookedRow>({ result, csv, making, looking, onMake, onAway, children }: Props<Row>) {
  const [chosen, setView] = useState<View>('all');
  const wrong = result.rows.filter(isWrong);
  const view = result.rows.some((row) => isShown(row, chosen)) ? chosen : 'all';
  return (
    <>
      {result.ignored.length > 0 && (
        <Note tone="warn">{t('import.ignored', { columns: result.ignored.join(', ') })}</Note>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Views rows={result.rows} view={view} onView={setView} />
        <span className="ml-auto flex flex-wrap gap-2">
          <Button icon={Trash2} look="plain" onClick={onAway}>
            {t('import.away')}
          </Button>
          {wrong.length > 0 && (
            <Button icon={Download} onClick={() => save(onlyRows(csv, wrong), 'rows-to-mend.csv')}>
              {t('import.wrongFile')}
            </Button>
          )}
          <Button
            look="primary"
            icon={Upload}
            busy={making}
            disabled={result.counts.ready === 0 || looking}
            onClick={onMake}
          >
            {t('import.make', { n: result.counts.ready })}
          </Button>
        </span>
      </div>
      {children(result.rows.filter((row) => isShown(row, view)))}
    </>
  );
}

function Views({ rows, view, onView }: { rows: LookedRow[]; view: View; onView: (view: View) => void }) {
  const views = (['all', 'ready', 'warned', 'wrong', 'there'] as const)
    .map((one) => ({ one, n: rows.filter((row) => isShown(row, one)).length }))
    .filter(({ one, n }) => one === 'all' || n > 0);
  return (
    <div role="group" aria-label={t('import.show')} className="flex flex-wrap gap-1.5">
      {views.map(({ one, n }) => (
        <Button
          key={one}
          size="sm"
          look={view === one ? 'soft' : 'plain'}
          aria-pressed={view === one}
          onClick={() => onView(one)}
        >
          {t(`import.${one}`)} {n}
        </Button>
      ))}
    </div>
  );
}
