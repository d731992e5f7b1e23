import { Link } from '@tanstack/react-router';
import type { Account, ImportRow } from '../api/client';
import { wallText } from '../compose/wall';
import { t } from '../i18n';
import { Avatar } from '../networks/avatar';
import { RowList } from './row_list';
import type { Table } from './table';

interface Props {
  rows: ImportRow[];
  table: Table;
  accounts: Account[];
  onMend: (line: number, column: string, text: string) => void;
}

export function Rows({ rows, table, accounts, onMend }: Props) {
  return (
    <RowList rows={rows} table={table} onMend={onMend}>
      {(row) => (
        <>
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
        </>
      )}
    </RowList>
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
