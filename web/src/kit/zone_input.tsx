import { useId } from 'react';
import { inputClass } from './field';

const zones: string[] = (() => {
  const all = Intl.supportedValuesOf('timeZone');
  return all.includes('UTC') ? all : ['UTC', ...all];
})();

interface Props {
  id?: string;
  value: string;
  onChange: (zone: string) => void;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-label'?: string;
}

// A zone by its name, found by typing a part of it (the browser's own list).
export function ZoneInput({ value, onChange, ...rest }: Props) {
  const listId = useId();
  return (
    <>
      <input
        {...rest}
        list={listId}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onFocus={(e) => e.target.select()}
        onChange={(e) => onChange(e.target.value)}
        className={inputClass}
      />
      <datalist id={listId}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

export const isZone = (zone: string) => zones.includes(zone);
