// Many posts from a table: what would become of each row, mending the wrong ones in place, making the good ones.
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { api, ask, type ImportOrder } from '../api/client';
import { accountsQuery, meQuery } from '../api/queries';
import { t } from '../i18n';
import { buttonClass } from '../kit/button';
import { Waiting } from '../kit/empty';
import { Field, Select } from '../kit/field';
import { Note, Trouble } from '../kit/note';
import { isZone, ZoneInput } from '../kit/zone_input';
import { Whom } from '../networks/whom';
import { keptPlan } from '../plans/kept';
import { FilePlaces } from '../queue/places';
import { Screen, ScreenHead } from '../shell/shell';
import { Begin } from './begin';
import { Looked } from './looked';
import { Rows } from './rows';
import { useImport } from './use_import';

type Fill = NonNullable<ImportOrder['fill']>;
const fills: Fill[] = ['slots', 'drafts', 'refuse'];
const example = 'text,accounts,at\r\n"Fresh cakes from nine",all,2026-12-01 09:30\r\n"Plum tart is back",@shop,next\r\n';

export function ImportScreen() {
  const navigate = useNavigate();
  const accounts = useQuery(accountsQuery).data ?? [];
  const home = useQuery(meQuery).data?.workspace.zone ?? 'UTC';
  const [fill, setFill] = useState<Fill>('slots');
  const [to, setTo] = useState<string[]>([]);
  const [zone, setZone] = useState('');
  const order = { fill, accounts: to, zone: isZone(zone || home) ? zone || home : 'UTC' };
  const { csv, setCsv, look, result, made, table, onMend, hand } = useImport(order, {
    kept: 'carillon.import',
    asks: (body: ImportOrder) => ask(api.POST('/api/v1/posts/import', { body })),
    changes: ['posts', 'queue'],
    done: (n) => t('import.done', { n }),
  });
  const begin = (text: string, name: string) => {
    if (!/\.ya?ml$/i.test(name)) return setCsv(text);
    keptPlan.write(text);
    void navigate({ to: '/plan' });
  };
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
        <div className="grid gap-5">
          {made > 0 && (
            <Note
              tone="ok"
              title={t('import.done', { n: made })}
              role="status"
              actions={
                <Link to="/queue" className={buttonClass('quiet', 'sm')}>
                  {t('nav.queue')}
                </Link>
              }
            />
          )}
          <Begin
            drop={t('import.drop')}
            columns={t('import.columns')}
            example={{ name: 'carillon-example.csv', text: example }}
            accept=".csv,.tsv,.txt,.yaml,.yml,text/csv"
            onFile={begin}
          />
        </div>
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
            <Looked result={result} {...hand}>
              {(rows) => <Rows {...{ rows, table, accounts, onMend }} />}
            </Looked>
          )}
        </div>
      )}
    </Screen>
  );
}
