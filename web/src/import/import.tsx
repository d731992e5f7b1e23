// Many posts from a table: what would become of each row, mending the wrong ones in place, making the good ones.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Download, FileSpreadsheet, Trash2, Upload } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { api, ask, type ImportOrder, type ImportResult, type ImportRow } from '../api/client';
import { accountsQuery, meQuery } from '../api/queries';
import { t } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { Waiting } from '../kit/empty';
import { Field, Select } from '../kit/field';
import { FileDrop } from '../kit/file_drop';
import { Note, Trouble } from '../kit/note';
import { toastDone, toastError } from '../kit/toast';
import { isZone, ZoneInput } from '../kit/zone_input';
import { Whom } from '../networks/whom';
import { keptPlan } from '../plans/kept';
import { FilePlaces } from '../queue/places';
import { Screen, ScreenHead } from '../shell/shell';
import { Rows } from './rows';
import { parseTable, tableText, withCell } from './table';

type Fill = NonNullable<ImportOrder['fill']>;
const fills: Fill[] = ['slots', 'drafts', 'refuse'];
const kept = 'carillon.import';
const example = 'text,accounts,at\r\n"Fresh cakes from nine",all,2026-12-01 09:30\r\n"Plum tart is back",@shop,next\r\n';

const importing = (order: ImportOrder) => ask(api.POST('/api/v1/posts/import', { body: order }));

function useKeptTable() {
  const [csv, setCsv] = useState(() => sessionStorage.getItem(kept) ?? '');
  useEffect(() => {
    try {
      sessionStorage.setItem(kept, csv);
    } catch {
      // Too large to keep on this device: still here.
    }
  }, [csv]);
  return [csv, setCsv] as const;
}

export function ImportScreen() {
  const queries = useQueryClient();
  const accounts = useQuery(accountsQuery).data ?? [];
  const home = useQuery(meQuery).data?.workspace.zone ?? 'UTC';
  const [csv, setCsv] = useKeptTable();
  const [fill, setFill] = useState<Fill>('slots');
  const [to, setTo] = useState<string[]>([]);
  const [zone, setZone] = useState('');
  const [view, setView] = useState<'all' | ImportRow['state']>('all');
  const order: ImportOrder = { csv, fill, accounts: to, zone: isZone(zone || home) ? zone || home : 'UTC' };
  const asked = useDeferredValue(JSON.stringify(order));
  const look = useQuery({
    queryKey: ['import', asked],
    queryFn: () => importing({ ...(JSON.parse(asked) as ImportOrder), dry_run: true }),
    enabled: csv.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
  const make = useMutation({
    mutationFn: () => importing(order),
    onSuccess: (result) => {
      for (const key of ['posts', 'queue', 'import']) void queries.invalidateQueries({ queryKey: [key] });
      toastDone(t('import.done', { n: result.counts.imported }));
      keepWrong(result);
    },
    onError: toastError,
  });
  // What was made is no business of this table any more; the wrong rows stay, to be mended.
  const keepWrong = (result: ImportResult) => {
    const table = parseTable(csv);
    const lines = new Set(result.rows.filter((r) => r.state === 'wrong').map((r) => r.line));
    const rows = table.rows.filter((r) => lines.has(r.line));
    setCsv(rows.length ? tableText({ ...table, rows }) : '');
    setView('all');
  };
  const result = csv.trim() ? look.data : undefined;
  const table = parseTable(csv);
  return (
    <Screen wide>
      <ScreenHead
        title={t('import.title')}
        lead={t('import.lead')}
        actions={
          <a href="/api/v1/posts/export.csv" download className={buttonClass('quiet')}>
            <Download size={16} aria-hidden />
            {t('import.export')}
          </a>
        }
      />
      <FilePlaces />
      {csv.trim() === '' ? (
        <Begin onText={setCsv} done={make.data} />
      ) : (
        <div className="grid gap-5">
          <div className="card grid gap-4 p-5 md:grid-cols-3">
            <Field label={t('import.fill')}>
              {(ids) => (
                <Select
                  {...ids}
                  value={fill}
                  onChange={(e) => setFill(e.target.value as Fill)}
                  options={fills.map((value) => ({ value, label: t(`import.fill.${value}`) }))}
                />
              )}
            </Field>
            <Field label={t('import.zone')}>
              {(ids) => <ZoneInput {...ids} value={zone || home} onChange={setZone} />}
            </Field>
            <Whom label={t('import.to')} accounts={accounts} chosen={to} onChange={setTo} />
          </div>
          {look.error && <Trouble error={look.error} />}
          {!result && look.isPending && <Waiting rows={4} height="h-14" label={t('loading')} />}
          {result && (
            <>
              {result.ignored.length > 0 && (
                <Note tone="warn">{t('import.ignored', { columns: result.ignored.join(', ') })}</Note>
              )}
              <div className="flex flex-wrap items-center gap-2">
                <Counts result={result} view={view} onView={setView} />
                <span className="ml-auto flex flex-wrap gap-2">
                  <Button icon={Trash2} look="plain" onClick={() => setCsv('')}>
                    {t('import.away')}
                  </Button>
                  {result.counts.wrong > 0 && (
                    <Button icon={Download} onClick={() => saveWrong(csv, result)}>
                      {t('import.wrongFile')}
                    </Button>
                  )}
                  <Button
                    look="primary"
                    icon={Upload}
                    busy={make.isPending}
                    disabled={result.counts.ready === 0 || look.isFetching}
                    onClick={() => make.mutate()}
                  >
                    {t('import.make', { n: result.counts.ready })}
                  </Button>
                </span>
              </div>
              <Rows
                rows={result.rows.filter((r) => view === 'all' || r.state === view)}
                table={table}
                accounts={accounts}
                onMend={(line, column, text) => setCsv(tableText(withCell(table, line, column, text)))}
              />
            </>
          )}
        </div>
      )}
    </Screen>
  );
}

function saveWrong(csv: string, result: ImportResult) {
  const table = parseTable(csv);
  const lines = new Set(result.rows.filter((r) => r.state === 'wrong').map((r) => r.line));
  save(tableText({ ...table, rows: table.rows.filter((r) => lines.has(r.line)) }), 'rows-to-mend.csv');
}

function save(text: string, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

interface CountsProps {
  result: ImportResult;
  view: 'all' | ImportRow['state'];
  onView: (view: 'all' | ImportRow['state']) => void;
}

function Counts({ result, view, onView }: CountsProps) {
  const states = (['ready', 'wrong', 'there'] as const).filter((state) => result.counts[state] > 0);
  return (
    <div role="group" aria-label={t('import.show')} className="flex flex-wrap gap-1.5">
      {(['all', ...states] as const).map((state) => (
        <Button
          key={state}
          size="sm"
          look={view === state ? 'soft' : 'plain'}
          aria-pressed={view === state}
          onClick={() => onView(state)}
        >
          {t(`import.${state}`)} {state === 'all' ? result.rows.length : result.counts[state]}
        </Button>
      ))}
    </div>
  );
}

function Begin({ onText, done }: { onText: (csv: string) => void; done?: ImportResult }) {
  const navigate = useNavigate();
  const read = (text: string, name: string) => {
    if (!/\.ya?ml$/i.test(name)) return onText(text);
    keptPlan.write(text);
    void navigate({ to: '/plan' });
  };
  return (
    <div className="grid gap-5">
      {done && done.counts.imported > 0 && (
        <Note
          tone="ok"
          title={t('import.done', { n: done.counts.imported })}
          role="status"
          actions={
            <Link to="/queue" className={buttonClass('quiet', 'sm')}>
              {t('nav.queue')}
            </Link>
          }
        />
      )}
      <FileDrop
        icon={FileSpreadsheet}
        text={t('import.drop')}
        choose={t('import.choose')}
        accept=".csv,.tsv,.txt,.yaml,.yml,text/csv"
        onFile={read}
      >
        <Button icon={Download} onClick={() => save(example, 'carillon-example.csv')}>
          {t('import.example')}
        </Button>
      </FileDrop>
      <Field label={t('import.paste')} hint={t('import.columns')}>
        {(ids) => (
          <textarea
            {...ids}
            rows={5}
            onPaste={(e) => {
              e.preventDefault();
              onText(e.clipboardData.getData('text'));
            }}
            onBlur={(e) => onText(e.target.value)}
            className="w-full rounded-[9px] border border-control bg-surface px-3 py-2 font-mono text-sm"
          />
        )}
      </Field>
    </div>
  );
}
