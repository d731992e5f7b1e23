import { ChevronDown, NotebookPen, X } from 'lucide-react';
import { useState, type Dispatch } from 'react';
import { t } from '../i18n';
import { Field, inputClass, TextField } from '../kit/field';
import type { Change } from './draft';

// For the people here only: a note and tags. Neither is published.
export function DetailsPanel({ title, tags, dispatch }: { title: string; tags: string[]; dispatch: Dispatch<Change> }) {
  const [word, setWord] = useState('');
  const add = () => {
    const tag = word.trim().replace(/,$/, '');
    if (tag && !tags.includes(tag)) dispatch({ do: 'tags', tags: [...tags, tag] });
    setWord('');
  };
  return (
    <details className="group border-t border-line">
      <summary className="flex h-12 items-center gap-2.5 px-4 text-sm font-medium hover:bg-raised focus-inset sm:px-5">
        <NotebookPen size={18} aria-hidden className="text-ink-3" />
        {t('compose.details')}
        <span className="truncate font-normal text-ink-3">{[title, ...tags].filter(Boolean).join(' · ')}</span>
        <ChevronDown
          size={16}
          aria-hidden
          className="ml-auto shrink-0 text-ink-3 transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="grid gap-4 px-4 pt-1 pb-5 sm:grid-cols-2 sm:px-5">
        <TextField
          label={t('compose.note')}
          hint={t('compose.noteHint')}
          value={title}
          onChange={(e) => dispatch({ do: 'title', title: e.target.value })}
        />
        <Field label={t('compose.tags')} hint={t('compose.tagsHint')}>
          {(ids) => (
            <div className="flex min-h-10.5 flex-wrap items-center gap-1.5 rounded-[9px] border border-control px-2 py-1.5 focus-within:outline-2 focus-within:outline-accent">
              {tags.map((tag) => (
                <span
                  key={tag}
                  className="inline-flex h-7 items-center gap-1 rounded-full bg-sunken pr-1 pl-2.5 text-[13px]"
                >
                  {tag}
                  <button
                    type="button"
                    aria-label={t('compose.tagRemove', { tag })}
                    onClick={() => dispatch({ do: 'tags', tags: tags.filter((x) => x !== tag) })}
                    className="grid size-6 place-items-center rounded-full hover:bg-line"
                  >
                    <X size={12} aria-hidden />
                  </button>
                </span>
              ))}
              <input
                {...ids}
                value={word}
                onChange={(e) => setWord(e.target.value)}
                onBlur={add}
                onKeyDown={(e) => {
                  if (e.key === 'Enter' || e.key === ',') {
                    e.preventDefault();
                    add();
                  } else if (e.key === 'Backspace' && !word && tags.length)
                    dispatch({ do: 'tags', tags: tags.slice(0, -1) });
                }}
                className={`${inputClass} h-7 w-auto min-w-24 flex-1 border-0 px-1 focus-visible:outline-none`}
              />
            </div>
          )}
        </Field>
      </div>
    </details>
  );
}
