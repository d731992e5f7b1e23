// What is looked for, and in which order.
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { inputClass, Select } from '../kit/field';
import { tagsQuery, type MediaKind, type MediaSort } from './read';

export const kinds: MediaKind[] = ['image', 'video', 'document'];
export const sorts: MediaSort[] = ['newest', 'oldest', 'name', 'largest'];

export interface Sought {
  text?: string;
  kind?: string;
  tag?: string;
  sort?: string;
  unused?: string;
}
interface Props {
  search: Sought;
  onChange: (change: Sought) => void;
  brief?: boolean; // without what only a library needs
  children?: ReactNode; // the folder, where it is chosen in this line
}

export function Filters({ search, onChange, brief, children }: Props) {
  const tags = useQuery(tagsQuery).data ?? [];
  return (
    <div role="search" className="mb-5 flex flex-wrap items-center gap-3">
      <SearchBox text={search.text} onChange={(text) => onChange({ text })} />
      {children}
      <Choice
        label={t('media.kind')}
        value={search.kind}
        all={t('media.allKinds')}
        options={kinds.map((kind) => ({ value: kind, label: t(`media.kind.${kind}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      {(tags.length > 0 || search.tag) && (
        <Choice
          label={t('library.tag')}
          value={search.tag}
          all={t('library.allTags')}
          options={[...new Set([...tags.map((each) => each.tag), ...(search.tag ? [search.tag] : [])])].map((tag) => ({
            value: tag,
            label: tag,
          }))}
          onChange={(tag) => onChange({ tag })}
        />
      )}
      {!brief && (
        <Choice
          label={t('library.sort')}
          value={search.sort === 'newest' ? undefined : search.sort}
          all={t('library.sort.newest')}
          options={sorts.slice(1).map((sort) => ({ value: sort, label: t(`library.sort.${sort as 'oldest' | 'name' | 'largest'}`) }))}
          onChange={(sort) => onChange({ sort })}
        />
      )}
      {!brief && (
        <label className="flex h-10.5 items-center gap-2 text-sm">
          <input
            type="checkbox"
            className="size-4.5 accent-(--accent)"
            checked={Boolean(search.unused)}
            onChange={(e) => onChange({ unused: e.target.checked ? 'yes' : undefined })}
          />
          {t('media.onlyUnused')}
        </label>
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value?: string;
  all: string;
  options: { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

const Choice = ({ label, value, all, options, onChange }: ChoiceProps) => (
  <div className="w-[calc(50%-6px)] sm:w-40">
    <Select
      aria-label={label}
      value={value ?? ''}
      onChange={(e) => onChange(e.target.value || undefined)}
      options={[{ value: '', label: all }, ...options]}
    />
  </div>
);

function SearchBox({ text, onChange }: { text?: string; onChange: (text: string | undefined) => void }) {
  const [typed, setTyped] = useState(text ?? '');
  const sought = text ?? '';
  const said = useRef(sought);
  const say = useRef(onChange);
  say.current = onChange;
  // The address was changed by something else than typing.
  useEffect(() => {
    if (sought === said.current) return;
    said.current = sought;
    setTyped(sought);
  }, [sought]);
  useEffect(() => {
    const next = typed.trim();
    if (next === said.current) return;
    const timer = setTimeout(() => {
      said.current = next;
      say.current(next || undefined);
    }, 250);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className="relative min-w-0 flex-1 basis-full sm:basis-56">
      <Search size={16} aria-hidden className="absolute top-1/2 left-3 -translate-y-1/2 text-ink-3" />
      <input
        type="search"
        aria-label={t('media.search')}
        placeholder={t('library.search')}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
        className={cx(inputClass, 'pl-9')}
      />
    </div>
  );
}
