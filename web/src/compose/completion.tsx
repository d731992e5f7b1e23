// While one types: # proposes groups and one's own hashtags, {{ proposes variables. Arrow keys choose, Enter or Tab
// inserts, Escape closes; nothing is chosen by itself, so that Enter stays a new line.
import { useQuery } from '@tanstack/react-query';
import { Braces, Hash } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { groupsQuery, suggestionsQuery, tagsIn, variablesQuery } from '../toolbox/read';
import { insertWords, type Area } from './caret';

interface Asked {
  kind: 'tag' | 'variable';
  from: number;
  word: string;
}
interface Item {
  key: string;
  words: string; // what is inserted
  label: string;
  note: string;
}

const mostItems = 8;

// What the cursor stands behind; none: nothing to complete.
export function askedAt(text: string, at: number): Asked | null {
  const before = text.slice(0, at);
  const tag = /(?:^|[^\p{L}\p{N}_&#])#([\p{L}\p{N}_]{0,40})$/u.exec(before);
  if (tag) return { kind: 'tag', from: at - tag[1]!.length - 1, word: tag[1]! };
  const variable = /(?:^|[^\\{])\{\{\s*([a-zA-Z0-9_.:-]{0,40})$/.exec(before);
  if (variable) return { kind: 'variable', from: before.lastIndexOf('{{'), word: variable[1]! };
  return null;
}

const begins = (name: string, word: string) => name.toLowerCase().startsWith(word.toLowerCase());

function useItems(asked: Asked | null, text: string, networks: string[]): Item[] {
  const tagging = asked?.kind === 'tag';
  const beside = tagging ? tagsIn(text.slice(0, asked.from) + text.slice(asked.from + asked.word.length + 1)) : [];
  const groups = useQuery({ ...groupsQuery, enabled: tagging }).data ?? [];
  const own = useQuery({ ...suggestionsQuery(networks, beside), enabled: tagging }).data?.items ?? [];
  const variables = useQuery({ ...variablesQuery, enabled: asked?.kind === 'variable' }).data;
  if (!asked) return [];
  if (asked.kind === 'tag')
    return [
      ...groups
        .filter((g) => begins(g.name, asked.word))
        .map((g) => ({
          key: `group ${g.id}`,
          words: `${g.tags.map((tag) => `#${tag}`).join(' ')} `,
          label: g.name,
          note: g.tags.map((tag) => `#${tag}`).join(' '),
        })),
      ...own
        .filter((o) => begins(o.tag, asked.word) && o.tag.toLowerCase() !== asked.word.toLowerCase())
        .map((o) => ({ key: `tag ${o.tag}`, words: `#${o.tag} `, label: `#${o.tag}`, note: t('tags.uses', { n: o.uses }) })),
    ].slice(0, mostItems);
  return [
    ...(variables?.items ?? []).map((v) => ({ name: v.name, note: v.text })),
    ...(variables?.built_in ?? []).map((v) => ({ name: v.name, note: v.help })),
  ]
    .filter((v) => begins(v.name, asked.word))
    .slice(0, mostItems)
    .map((v) => ({ key: v.name, words: `{{${v.name}}}`, label: `{{${v.name}}}`, note: v.note }));
}

// Properties for the text area, and the list to show under it.
export function useCompletion(area: Area, text: string, networks: string[], onText: (text: string) => void) {
  const id = useId();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [active, setActive] = useState(-1);
  const items = useItems(asked, text, networks);
  const open = !!asked && items.length > 0;
  const close = () => (setAsked(null), setActive(-1));
  const look = () => {
    const box = area.current;
    const next = box && box.selectionStart === box.selectionEnd ? askedAt(box.value, box.selectionStart) : null;
    if (next?.from !== asked?.from || next?.word !== asked?.word) setActive(-1);
    setAsked(next);
  };
  const take = (item: Item) => {
    insertWords(area, text, item.words, onText, asked!.from);
    close();
  };
  const onKeyDown = (e: KeyboardEvent) => {
    if (!open) return;
    const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
    const chosen = items[active] ?? (e.key === 'Tab' && !e.shiftKey ? items[0] : undefined);
    if (step) setActive(active < 0 && step < 0 ? items.length - 1 : (active + step + items.length) % items.length);
    else if (e.key === 'Escape') close();
    else if ((e.key === 'Enter' || e.key === 'Tab') && chosen) take(chosen);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  const props = {
    onKeyDown,
    onSelect: look,
    onBlur: close,
    'aria-autocomplete': 'list' as const,
    'aria-controls': open ? id : undefined,
    'aria-activedescendant': open && active >= 0 ? `${id}-${active}` : undefined,
  };
  const list = open && <List id={id} kind={asked.kind} items={items} active={active} onTake={take} />;
  return { props, look, list: list as ReactNode };
}

interface ListProps {
  id: string;
  kind: Asked['kind'];
  items: Item[];
  active: number;
  onTake: (item: Item) => void;
}

function List({ id, kind, items, active, onTake }: ListProps) {
  const Icon = kind === 'tag' ? Hash : Braces;
  return (
    <div className="absolute inset-x-0 top-full z-30 -mt-1">
      <p role="status" className="sr-only">
        {t('tags.found', { n: items.length })}
      </p>
      <ul
        id={id}
        role="listbox"
        aria-label={t(kind === 'tag' ? 'tags.completion' : 'vars.completion')}
        className="max-h-80 max-w-lg overflow-y-auto rounded-lg border border-line bg-surface p-1.5 shadow-2"
      >
        {items.map((item, i) => (
          <li
            key={item.key}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            onMouseDown={(e) => (e.preventDefault(), onTake(item))}
            className={cx(
              'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm hover:bg-sunken',
              i === active && 'bg-sunken',
            )}
          >
            <Icon size={15} aria-hidden className="shrink-0 text-ink-3" />
            <span className="shrink-0 font-medium">{item.label}</span>
            <span className="ml-auto min-w-0 truncate text-[13px] text-ink-3">{item.note}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
