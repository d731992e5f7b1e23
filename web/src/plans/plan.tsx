// Posts as a file describes them: what it would change, the files that it names, making it so.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Download, FileCode2, Trash2, Upload } from 'lucide-react';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { components } from '#contract';
import { api, ask } from '../api/client';
import { upload } from '../api/upload';
import { t } from '../i18n';
import { Button, buttonClass } from '../kit/button';
import { randomId } from '../kit/cx';
import { Waiting } from '../kit/empty';
import { Field } from '../kit/field';
import { FileDrop } from '../kit/file_drop';
import { Note, Trouble } from '../kit/note';
import { toastDone, toastError } from '../kit/toast';
import { FilePlaces } from '../queue/places';
import { Screen, ScreenHead } from '../shell/shell';
import { example, keptPlan } from './kept';
import { Places, Steps } from './steps';

type Order = components['schemas']['PlanRequest'];
export type Result = components['schemas']['PlanResult'];

export function PlanScreen() {
  const queries = useQueryClient();
  const [yaml, setYaml] = useState(keptPlan.read);
  const [files, setFiles] = useState<NonNullable<Order['files']>>([]);
  const [overwrite, setOverwrite] = useState(false);
  useEffect(() => keptPlan.write(yaml), [yaml]);
  const order: Order = { yaml, overwrite, files };
  const asked = useDeferredValue(JSON.stringify(order));
  const look = useQuery({
    queryKey: ['plan', asked],
    queryFn: () => ask(api.POST('/api/v1/plans/preview', { body: JSON.parse(asked) as Order })),
    enabled: yaml.trim() !== '',
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
  const apply = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/plans/apply', { body: order })),
    onSuccess: (done) => toastDone(t('plans.applied', { n: touched(done) })),
    onError: toastError,
    onSettled: () => {
      for (const key of ['posts', 'queue', 'plan', 'series', 'calendar']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const result = yaml.trim() ? look.data : undefined;
  return (
    <Screen wide>
      <ScreenHead
        title={t('plans.title')}
        lead={t('plans.lead')}
        actions={
          <a href="/api/v1/plans/export" download className={buttonClass('quiet')}>
            <Download size={16} aria-hidden />
            {t('plans.export')}
          </a>
        }
      />
      <FilePlaces />
      {yaml.trim() === '' ? (
        <Begin onText={setYaml} />
      ) : (
        <div className="grid gap-5">
          <details className="card group px-5 py-3">
            <summary className="flex cursor-pointer items-center gap-2 text-sm font-medium">
              {t('plans.file')}
              <ChevronDown size={16} aria-hidden className="ml-auto text-ink-3 transition-transform group-open:rotate-180" />
            </summary>
            <textarea
              aria-label={t('plans.file')}
              value={yaml}
              onChange={(e) => setYaml(e.target.value)}
              rows={16}
              spellCheck={false}
              className="mt-3 w-full rounded-[9px] border border-control bg-surface px-3 py-2 font-mono text-[13px]"
            />
          </details>
          {look.error && <Trouble error={look.error} />}
          {!result && look.isPending && <Waiting rows={4} height="h-14" label={t('loading')} />}
          {result && (
            <Seen
              result={result}
              overwrite={overwrite}
              onOverwrite={setOverwrite}
              onFiles={(more) => setFiles([...files.filter((f) => !more.some((m) => m.path === f.path)), ...more])}
              onAway={() => (setYaml(''), setFiles([]))}
              onApply={() => apply.mutate()}
              busy={apply.isPending || look.isFetching}
            />
          )}
        </div>
      )}
    </Screen>
  );
}

const touched = (result: Result) => result.counts.added + result.counts.changed + result.counts.removed;

interface SeenProps {
  result: Result;
  overwrite: boolean;
  onOverwrite: (on: boolean) => void;
  onFiles: (files: { path: string; media: string }[]) => void;
  onAway: () => void;
  onApply: () => void;
  busy: boolean;
}

function Seen({ result, overwrite, onOverwrite, onFiles, onAway, onApply, busy }: SeenProps) {
  const missing = result.files.filter((f) => f.media === null);
  const wrong = result.troubles.length > 0 || result.counts.wrong > 0;
  const n = touched(result);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <p role="status" className="text-sm text-ink-2">
          {result.plan && <b className="font-semibold text-ink">{result.plan}</b>} {summary(result)}
        </p>
        <span className="ml-auto flex flex-wrap items-center gap-2">
          {(result.counts.drifted > 0 || overwrite) && (
            <label className="flex items-center gap-2 text-sm">
              <input type="checkbox" checked={overwrite} onChange={(e) => onOverwrite(e.target.checked)} />
              {t('plans.overwrite')}
            </label>
          )}
          <Button icon={Trash2} look="plain" onClick={onAway}>
            {t('plans.away')}
          </Button>
          <Button
            look="primary"
            icon={Upload}
            busy={busy}
            disabled={wrong || n === 0 || missing.length > 0}
            onClick={onApply}
          >
            {n ? t('plans.apply', { n }) : t('plans.nothingToApply')}
          </Button>
        </span>
      </div>
      {result.troubles.length > 0 && (
        <Note tone="bad" title={t('plans.broken')} role="alert">
          <Places troubles={result.troubles} />
        </Note>
      )}
      {missing.length > 0 && <Missing paths={missing.map((f) => f.path)} onFiles={onFiles} />}
      <Steps steps={result.steps} />
    </>
  );
}

function summary(result: Result): string {
  const states = ['added', 'changed', 'removed', 'drifted', 'foreign', 'wrong', 'settled', 'unchanged'] as const;
  const told = states.filter((s) => result.counts[s] > 0).map((s) => `${result.counts[s]} ${t(`plans.${s}`)}`);
  return told.length ? told.join(', ') : t('plans.nothing');
}

// Pictures and films that the plan names: chosen here, they are uploaded and found by their names.
function Missing({ paths, onFiles }: { paths: string[]; onFiles: SeenProps['onFiles'] }) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const take = async (chosen: File[]) => {
    setBusy(true);
    try {
      const found: { path: string; media: string }[] = [];
      for (const path of paths) {
        const file = chosen.find((f) => f.name === path.split('/').pop());
        if (!file) continue;
        const stored = await upload(file, randomId(), { onProgress: () => undefined }).done;
        found.push({ path, media: stored.id });
      }
      onFiles(found);
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Note
      tone="warn"
      title={t('plans.missing', { n: paths.length })}
      actions={
        <>
          <input
            ref={input}
            type="file"
            multiple
            aria-label={t('plans.chooseFiles')}
            className="sr-only"
            tabIndex={-1}
            onChange={(e) => void take([...(e.target.files ?? [])])}
          />
          <Button size="sm" icon={Upload} busy={busy} onClick={() => input.current?.click()}>
            {t('plans.chooseFiles')}
          </Button>
        </>
      }
    >
      {paths.join(', ')}
    </Note>
  );
}

function Begin({ onText }: { onText: (yaml: string) => void }) {
  return (
    <div className="grid gap-5">
      <FileDrop
        icon={FileCode2}
        text={t('plans.drop')}
        choose={t('plans.choose')}
        accept=".yaml,.yml"
        onFile={onText}
      >
        <Button onClick={() => onText(example)}>{t('plans.example')}</Button>
      </FileDrop>
      <Field label={t('plans.paste')}>
        {(ids) => (
          <textarea
            {...ids}
            rows={6}
            spellCheck={false}
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
