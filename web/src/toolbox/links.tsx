import { useQuery } from '@tanstack/react-query';
import { accountsQuery } from '../api/queries';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Waiting } from '../kit/empty';
import { Field, inputClass, TextField } from '../kit/field';
import { Trouble } from '../kit/note';
import type { PlanningRules } from './read';
import { useRules } from './rules';

type Marks = PlanningRules['utm'];
const fields = ['source', 'medium', 'campaign', 'content'] as const;

export function Links({ canWrite }: { canWrite: boolean }) {
  const { rules, error, changed, edit, save } = useRules();
  const network = useQuery(accountsQuery).data?.[0]?.network ?? 'network';
  if (!rules) return error ? <Trouble error={error} /> : <Waiting rows={3} height="h-16" label={t('loading')} />;
  const change = (utm: Partial<Marks>) => edit({ ...rules, utm: { ...rules.utm, ...utm } });
  const hints = {
    source: t('utm.sourceHint', { example: '{{network}}' }),
    medium: t('utm.mediumHint'),
    campaign: t('utm.campaignHint'),
    content: t('utm.contentHint'),
  };
  return (
    <form
      aria-label={t('toolbox.links')}
      className="grid max-w-3xl gap-5"
      onSubmit={(e) => {
        e.preventDefault();
        const excluded = rules.utm.excluded.map((host) => host.trim()).filter(Boolean);
        save.mutate({ ...rules, utm: { ...rules.utm, excluded } });
      }}
    >
      <p className="text-ink-2">{t('utm.lead')}</p>
      <fieldset disabled={!canWrite} className="card grid gap-5 p-4 sm:p-5">
        <div className="grid gap-3">
          <Check label={t('utm.on')} checked={rules.utm.on} onChange={(on) => change({ on })} />
          <Check label={t('utm.inText')} checked={rules.utm.in_text} onChange={(in_text) => change({ in_text })} />
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          {fields.map((field) => (
            <TextField
              key={field}
              label={t(`utm.${field}`)}
              hint={hints[field]}
              maxLength={200}
              value={rules.utm[field]}
              onChange={(e) => change({ [field]: e.target.value })}
            />
          ))}
        </div>
        <Field label={t('utm.excluded')} hint={t('utm.excludedHint')}>
          {(ids) => (
            <textarea
              {...ids}
              rows={3}
              value={rules.utm.excluded.join('\n')}
              onChange={(e) => change({ excluded: e.target.value.split('\n') })}
              className={`${inputClass} h-auto py-2.5`}
            />
          )}
        </Field>
        <div className="rounded-lg bg-sunken px-3.5 py-3">
          <p className="text-[13px] font-medium text-ink-2">{t('utm.example')}</p>
          <p className="mt-1 text-sm break-all">{example(rules.utm, network)}</p>
        </div>
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

// Only to show what the fields mean: what really goes out is said by the check.
function example(utm: Marks, network: string): string {
  const said = (text: string) => encodeURIComponent(text.replaceAll('{{network}}', network));
  const marks = fields.filter((field) => utm[field]).map((field) => `utm_${field}=${said(utm[field])}`);
  return `https://shop.example/menu${marks.length ? `?${marks.join('&')}` : ''}`;
}

export function Check({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="flex min-h-6 items-center gap-3 text-sm font-medium">
      <input
        type="checkbox"
        checked={checked}
        onChange={(e) => onChange(e.target.checked)}
        className="size-5 shrink-0 accent-(--color-accent)"
      />
      {label}
    </label>
  );
}
