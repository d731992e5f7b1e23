// Tags as words that are set one by one: Enter or a comma sets what is written; known ones are suggested.
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { t } from '../i18n';
import { Field, inputClass } from '../kit/field';
import { tagsQuery } from './read';

interface Props {
  label: string;
  tags: string[];
  onChange: (tags: string[]) => void;
  first?: boolean;
}

export function TagInput({ label, tags, onChange, first }: Props) {
  const [typed, setTyped] = useState('');
  const known = useQuery(tagsQuery).data ?? [];
  const list = useId();
  const set = (text: string) => {
    const fresh = text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag && !tags.includes(tag));
    if (fresh.length) onChange([...tags, ...fresh]);
    setTyped('');
  };
  return (
    <div>
      <Field label={label} hint={t('library.tagHint')}>
        {(ids) => (
          <input
            {...ids}
            data-first={first || undefined}
            list={list}
            value={typed}
            maxLength={60}
            className={inputClass}
            onChange={(e) => (e.target.value.includes(',') ? set(e.target.value) : setTyped(e.target.value))}
            onBlur={() => set(typed)}
            onKeyDown={(e) => {
              if (e.key !== 'Enter' || !typed.trim()) return;
              e.preventDefault();
              set(typed);
            }}
          />
        )}
      </Field>
      <datalist id={list}>
        {known
          .filter(({ tag }) => !tags.includes(tag))
          .map(({ tag }) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
      {tags.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-1.5" aria-label={label}>
          {tags.map((tag) => (
            <li key={tag} className="inline-flex items-center rounded-full bg-sunken pl-3 text-[13px] font-medium">
              {tag}
              <button
                type="button"
                aria-label={t('library.dropTag', { tag })}
                onClick={() => onChange(tags.filter((each) => each !== tag))}
                className="grid size-7 place-items-center rounded-full text-ink-3 hover:text-ink"
              >
                <X size={13} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
