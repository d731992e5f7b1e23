// Many tasks from a table: what would become of each row, mending the wrong ones in place, making the good ones.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import type { components } from '#contract';
import { api, ask } from '../api/client';
import { meQuery } from '../api/queries';
import { CampaignSelect } from '../campaigns/select';
import { wallText } from '../compose/wall';
import { t } from '../i18n';
import { Begin } from '../import/begin';
import { Looked } from '../import/looked';
import { RowList } from '../import/row_list';
import { useImport } from '../import/use_import';
import { buttonClass } from '../kit/button';
import { Chip } from '../kit/chip';
import { Waiting } from '../kit/empty';
import { Field, Select } from '../kit/field';
import { Note, Trouble } from '../kit/note';
import { isZone, ZoneInput } from '../kit/zone_input';
import { Screen, ScreenHead } from '../shell/shell';
import type { Task } from './read';

type Order = components['schemas']['TaskImportRequest'];
type Row = components['schemas']['TaskImportRow'];
const kinds = ['connect', 'message', 'other'] as const;
const example =
  'person,kind,link,note,at\r\n' +
  'Ana Lind,connect,https://www.linkedin.com/in/ana-lind,It was good to meet you.,2026-12-01 09:30\r\n' +
  'Ben Ode,message,https://www.linkedin.com/in/ben-ode,"Hello Ben, our new bells are here.",\r\n';

export function TaskImportScreen() {
  const home = useQuery(meQuery).data?.workspace.zone ?? 'UTC';
  const [kind, setKind] = useState<Task['kind']>('connect');
  const [campaign, setCampaign] = useState('');
  const [zone, setZone] = useState('');
  const order = { kind, zone: isZone(zone || home) ? zone || home : 'UTC', ...(campaign && { campaign }) };
  const { csv, setCsv, look, result, made, table, onMend, hand } = useImport(order, {
    kept: 'carillon.import.tasks',
    asks: (body: Order) => ask(api.POST('/api/v1/tasks/import', { body })),
    changes: ['tasks'],
    done: (n) => t('tasks.imported', { n }),
  });
  return (
    <Screen wide>
      <ScreenHead
        title={t('tasks.import')}
        lead={t('tasks.importLead')}
        actions={
          <Link to="/tasks" className={buttonClass('quiet')}>
            <ArrowLeft size={16} aria-hidden />
            {t('nav.tasks')}
          </Link>
        }
      />
      {csv.trim() === '' ? (
        <div className="grid gap-5">
          {made > 0 && <Note tone="ok" title={t('tasks.imported', { n: made })} role="status" />}
          <Begin
            drop={t('tasks.importDrop')}
            columns={t('tasks.importColumns')}
            example={{ name: 'carillon-tasks-example.csv', text: example }}
            onFile={setCsv}
          />
        </div>
      ) : (
        <div className="grid gap-5">
          <div className="card grid gap-4 p-5 md:grid-cols-3">
            <Field label={t('tasks.importKind')}>
              {(ids) => (
                <Select
                  {...ids}
                  value={kind}
                  onChange={(e) => setKind(e.target.value as Task['kind'])}
                  options={kinds.map((value) => ({ value, label: t(`task.kind.${value}`) }))}
                />
              )}
            </Field>
            <Field label={t('tasks.importCampaign')}>
              {(ids) => <CampaignSelect {...ids} value={campaign} onChange={setCampaign} />}
            </Field>
            <Field label={t('import.zone')}>
              {(ids) => <ZoneInput {...ids} value={zone || home} onChange={setZone} />}
            </Field>
          </div>
          {look.error && <Trouble error={look.error} />}
          {!result && look.isPending && <Waiting rows={4} height="h-14" label={t('loading')} />}
          {result && (
            <Looked result={result} {...hand}>
              {(rows) => <RowList {...{ rows, table, onMend }}>{(row) => <Said row={row} />}</RowList>}
            </Looked>
          )}
        </div>
      )}
    </Screen>
  );
}

function Said({ row }: { row: Row }) {
  return (
    <>
      <span className="nums w-44 shrink-0 pt-0.5 text-sm">
        {row.at ? wallText(row.at.local) : <span className="text-ink-3">{t('tasks.whenever')}</span>}
      </span>
      <span className="min-w-48 flex-1 basis-60 text-sm">
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <span className="min-w-0 font-medium break-words">{row.person || '–'}</span>
          <Chip>{t(`task.kind.${row.kind}`)}</Chip>
        </span>
        {row.note && <span className="mt-1 line-clamp-2 text-pretty text-ink-2">{row.note}</span>}
        {row.link && <span className="mt-0.5 block truncate text-[13px] text-ink-3">{row.link}</span>}
      </span>
    </>
  );
}
