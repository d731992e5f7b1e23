import { t } from '../i18n';
import { Button } from '../kit/button';
import { Waiting } from '../kit/empty';
import { Field, inputClass } from '../kit/field';
import { Trouble } from '../kit/note';
import { useRules } from './rules';

export function Warnings({ canWrite }: { canWrite: boolean }) {
  const { rules, error, changed, edit, save } = useRules();
  if (!rules) return error ? <Trouble error={error} /> : <Waiting rows={2} height="h-16" label={t('loading')} />;
  return (
    <form
      aria-label={t('toolbox.warnings')}
      className="grid max-w-3xl gap-5"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate(rules);
      }}
    >
      <p className="text-ink-2">{t('warn.lead')}</p>
      <fieldset disabled={!canWrite} className="card grid gap-5 p-4 sm:grid-cols-2 sm:p-5">
        <Amount
          label={t('warn.clash')}
          unit={t('warn.clashUnit')}
          most={1440}
          value={rules.clash_minutes}
          onChange={(clash_minutes) => edit({ ...rules, clash_minutes })}
        />
        <Amount
          label={t('warn.duplicate')}
          unit={t('warn.duplicateUnit')}
          most={90}
          value={rules.duplicate_days}
          onChange={(duplicate_days) => edit({ ...rules, duplicate_days })}
        />
      </fieldset>
      {save.error && <Trouble error={save.error} />}
      {canWrite && (
        <div>
          <Button look="primary" type="submit" disabled={!changed} busy={save.isPending}>
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}

interface AmountProps {
  label: string;
  unit: string;
  most: number;
  value: number;
  onChange: (value: number) => void;
}

function Amount({ label, unit, most, value, onChange }: AmountProps) {
  return (
    <Field label={label} hint={t('warn.never')}>
      {(ids) => (
        <span className="flex items-center gap-2.5">
          <input
            {...ids}
            type="number"
            required
            min={0}
            max={most}
            value={value}
            onChange={(e) => onChange(Math.max(0, Math.min(most, Number(e.target.value))))}
            className={`${inputClass} nums w-28`}
          />
          <span className="text-sm text-ink-2">{unit}</span>
        </span>
      )}
    </Field>
  );
}
