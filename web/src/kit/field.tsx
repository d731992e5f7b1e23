import { Eye, EyeOff } from 'lucide-react';
import { useId, useState, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import { t } from '../i18n';
import { cx } from './cx';

export const inputClass =
  'w-full rounded-[9px] border border-control bg-surface px-3 h-10.5 text-[15px] text-ink transition-shadow outline-offset-0 hover:border-ink-3 aria-invalid:border-bad disabled:opacity-60';

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  optional?: boolean;
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactElement;
  className?: string;
}

// A label, its control, a hint and an error that belongs to it.
export function Field({ label, hint, error, optional, children, className }: FieldProps) {
  const id = useId();
  const described = cx(hint ? `${id}-hint` : null, error && `${id}-error`);
  return (
    <div className={cx('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {optional && <span className="ml-1.5 font-normal text-ink-3">{t('optional')}</span>}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <div id={`${id}-hint`} className="text-[13px] leading-snug text-ink-3">
          {hint}
        </div>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-[13px] leading-snug font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = Omit<FieldProps, 'children'> & Omit<ComponentProps<'input'>, 'children'>;

export function TextField({ label, hint, error, optional, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} className={className}>
      {(ids) => <input {...input} {...ids} className={inputClass} />}
    </Field>
  );
}

export function PasswordField({ label, hint, error, className, ...input }: TextFieldProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(ids) => (
        <div className="relative">
          <input {...input} {...ids} type={shown ? 'text' : 'password'} className={cx(inputClass, 'pr-11')} />
          <button
            type="button"
            aria-label={shown ? t('password.hide') : t('password.show')}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0.5 grid w-10 place-items-center rounded-[9px] text-ink-3 hover:text-ink focus-inset"
          >
            <Icon size={17} aria-hidden />
          </button>
        </div>
      )}
    </Field>
  );
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'children'> {
  options: { value: string; label: string }[];
}

export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <select {...rest} className={cx(inputClass, 'pr-8', className)}>
      {options.map((o) => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ))}
    </select>
  );
}
