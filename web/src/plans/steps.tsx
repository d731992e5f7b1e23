// What a plan would do, entry by entry: field by field before and after, and what is wrong where.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { components } from '#contract';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Chip, type ChipTone } from '../kit/chip';
import { cx } from '../kit/cx';
import { FilledMark } from '../posts/said';

type Step = components['schemas']['PlanStep'];
type Change = components['schemas']['PlanChange'];
type PlanTrouble = components['schemas']['PlanTrouble'];

const tones: Record<Step['state'], ChipTone> = {
  added: 'ok',
  changed: 'info',
  removed: 'bad',
  drifted: 'warn',
  foreign: 'warn',
  wrong: 'bad',
  settled: 'plain',
  unchanged: 'plain',
};
const order: Step['state'][] = ['wrong', 'drifted', 'foreign', 'added', 'changed', 'removed', 'settled', 'unchanged'];
const shownAtOnce = 100;

export function Steps({ steps }: { steps: Step[] }) {
  const [shown, setShown] = useState(shownAtOnce);
  const sorted = [...steps].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.line - b.line);
  if (!sorted.length) return null;
  return (
    <>
      <ul className="card divide-y divide-line overflow-hidden">
        {sorted.slice(0, shown).map((step) => (
          <OneStep key={step.key + step.line} step={step} />
        ))}
      </ul>
      {sorted.length > shown && (
        <Button className="justify-self-center" onClick={() => setShown(shown + 5 * shownAtOnce)}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function OneStep({ step }: { step: Step }) {
  const words = step.title || (step.says ?? step.text);
  return (
    <li data-key={step.key} className={cx('px-4 py-3 sm:px-5', step.state === 'wrong' && 'bg-bad-soft/40')}>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1.5">
        <Chip tone={tones[step.state]}>{t(`plans.${step.state}`)}</Chip>
        <code className="text-[13px] font-semibold">{step.key}</code>
        {step.line > 0 && <span className="nums text-[12.5px] text-ink-3">{t('plans.line', { n: step.line })}</span>}
        <span className="line-clamp-1 min-w-40 flex-1 basis-60 text-sm text-ink-2">
          {step.post ? (
            <Link to="/posts/$id" params={{ id: step.post }} className="underline underline-offset-3">
              {words || t('queue.noText')}
            </Link>
          ) : (
            words
          )}
          {step.says !== undefined && !step.title && <FilledMark />}
        </span>
      </div>
      {step.note && <p className="mt-1.5 text-[13px] text-warn">{step.note}</p>}
      {step.changes.length > 0 && (
        <dl className="mt-2.5 grid gap-x-4 gap-y-1.5 text-[13px] sm:grid-cols-[minmax(6rem,10rem)_1fr]">
          {step.changes.map((change) => (
            <OneChange key={change.field} change={change} quiet={step.state === 'added'} />
          ))}
        </dl>
      )}
      <Places troubles={step.troubles} />
      {step.warnings.map((warning) => (
        <p key={warning} className="mt-1.5 text-[13px] text-warn">
          {warning}
        </p>
      ))}
    </li>
  );
}

function OneChange({ change, quiet }: { change: Change; quiet: boolean }) {
  return (
    <>
      <dt className="font-medium break-words text-ink-3">{change.field}</dt>
      <dd className="min-w-0 whitespace-pre-wrap break-words">
        {change.before && (
          <del className="mr-2 rounded bg-bad-soft px-1 text-bad decoration-bad/50">
            <span className="sr-only">{t('plans.before')} </span>
            {change.before}
          </del>
        )}
        {change.after && (
          <ins className={cx('rounded no-underline', !quiet && 'bg-ok-soft px-1 text-ok')}>
            {!quiet && <span className="sr-only">{t('plans.after')} </span>}
            {change.after}
          </ins>
        )}
        {change.drifted && <span className="ml-2 text-[12.5px] text-warn">{t('plans.byHand')}</span>}
      </dd>
    </>
  );
}

export function Places({ troubles }: { troubles: PlanTrouble[] }) {
  if (!troubles.length) return null;
  return (
    <ul className="mt-2 grid gap-1 text-[13px]">
      {troubles.map((trouble, i) => (
        <li key={i}>
          <span className="nums text-ink-3">{t('plans.place', { line: trouble.line, column: trouble.column })}</span>{' '}
          <span className="font-medium text-bad">{trouble.text}</span> <span className="text-ink-2">{trouble.fix}</span>
        </li>
      ))}
    </ul>
  );
}
