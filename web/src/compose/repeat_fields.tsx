import { t } from '../i18n';
import { cx } from '../kit/cx';
import { Field, inputClass, Select } from '../kit/field';
import { ruleOf, type Often, type Repeat } from './repeat';
import { repeatWords } from './repeat_words';

const oftens: Often[] = ['never', 'day', 'weekdays', 'week', 'fortnight', 'monthday', 'nth', 'year'];
const ends = ['never', 'count', 'until'] as const;

interface Props {
  repeat: Repeat;
  local: string;
  onChange: (repeat: Repeat) => void;
}

// How often, and until when. What each choice means on this day is said in its own words.
export function RepeatFields({ repeat, local, onChange }: Props) {
  const label = (often: Often) => {
    const rule = ruleOf({ ...repeat, often, end: 'never' }, local);
    return rule ? repeatWords(rule) : t('repeat.none');
  };
  return (
    <div className="grid gap-2">
      <Field label={t('repeat.label')}>
        {(ids) => (
          <Select
            {...ids}
            value={repeat.often}
            options={oftens.map((value) => ({ value, label: label(value) }))}
            onChange={(e) => onChange({ ...repeat, often: e.target.value as Often })}
          />
        )}
      </Field>
      {repeat.often !== 'never' && (
        <div className="flex gap-2">
          <Select
            aria-label={t('repeat.end')}
            value={repeat.end}
            options={ends.map((value) => ({ value, label: t(`repeat.end.${value}`) }))}
            onChange={(e) => onChange({ ...repeat, end: e.target.value as Repeat['end'] })}
          />
          {repeat.end === 'count' && (
            <input
              type="number"
              min={2}
              max={1000}
              aria-label={t('repeat.count')}
              value={repeat.count}
              onChange={(e) => onChange({ ...repeat, count: Number(e.target.value) })}
              className={cx(inputClass, 'nums w-24')}
            />
          )}
          {repeat.end === 'until' && (
            <input
              type="date"
              aria-label={t('repeat.untilDay')}
              min={local.slice(0, 10)}
              value={repeat.until}
              onChange={(e) => onChange({ ...repeat, until: e.target.value })}
              className={cx(inputClass, 'nums')}
            />
          )}
        </div>
      )}
    </div>
  );
}
