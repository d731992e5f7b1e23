// Under a text: groups of hashtags and one's own tags by button, and variables.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Braces, Hash } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { t } from '../i18n';
import { IconButton } from '../kit/button';
import { Popover } from '../kit/popover';
import { groupsQuery, suggestionsQuery, tagsIn, variablesQuery, type HashtagGroup } from '../toolbox/read';
import { insertWords, spaced, type Area } from './caret';

interface Props {
  area: Area;
  text: string;
  networks: string[];
  onText: (text: string) => void;
}

export function WordButtons(props: Props) {
  const [open, setOpen] = useState<'tags' | 'variables' | null>(null);
  // Asked for before they are opened, so that the first one has the focus then.
  useQuery(groupsQuery);
  useQuery(variablesQuery);
  const insert = (words: string) => {
    insertWords(props.area, props.text, spaced(props.area, props.text, words), props.onText);
    setOpen(null);
  };
  return (
    <>
      <Popover
        label={t('tags.insert')}
        open={open === 'tags'}
        onOpenChange={(now) => setOpen(now ? 'tags' : null)}
        trigger={<IconButton icon={Hash} label={t('tags.insert')} />}
      >
        <Tags {...props} onInsert={insert} />
      </Popover>
      <Popover
        label={t('vars.insert')}
        open={open === 'variables'}
        onOpenChange={(now) => setOpen(now ? 'variables' : null)}
        trigger={<IconButton icon={Braces} label={t('vars.insert')} />}
      >
        <Variables onInsert={insert} />
      </Popover>
    </>
  );
}

const hashed = (tags: string[]) => tags.map((tag) => `#${tag}`).join(' ');

function Tags({ text, networks, onInsert }: Props & { onInsert: (words: string) => void }) {
  const there = tagsIn(text);
  const groups = useQuery(groupsQuery).data ?? [];
  const own = useQuery(suggestionsQuery(networks, there)).data?.items ?? [];
  const together = own.filter((o) => o.together > 0).slice(0, 10);
  const often = own.filter((o) => o.together === 0).slice(0, 12);
  const has = (tag: string) => there.some((each) => each.toLowerCase() === tag.toLowerCase());
  const insertGroup = (group: HashtagGroup) => onInsert(hashed(group.tags.filter((tag) => !has(tag))));
  return (
    <div className="grid w-80 max-w-full gap-4">
      {groups.length === 0 && own.length === 0 && <p className="text-sm text-ink-2">{t('tags.none')}</p>}
      {groups.length > 0 && (
        <Part title={t('tags.groups')}>
          <ul className="-mx-2 grid">
            {groups.map((group, i) => (
              <li key={group.id}>
                <button
                  type="button"
                  data-first={i === 0 || undefined}
                  disabled={group.tags.every(has)}
                  onClick={() => insertGroup(group)}
                  className="focus-inset w-full rounded-md px-2 py-2 text-left text-sm hover:bg-sunken disabled:opacity-50"
                >
                  <span className="flex items-baseline justify-between gap-3">
                    <span className="font-medium">{group.name}</span>
                    <span className="shrink-0 text-[13px] text-ink-3">{t('tags.groupCount', { n: group.tags.length })}</span>
                  </span>
                  <span className="mt-0.5 block truncate text-[13px] text-ink-2">{hashed(group.tags)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Chips title={t('tags.together')} tags={together} onInsert={onInsert} />
      <Chips title={t('tags.often')} tags={often} onInsert={onInsert} />
      <Manage tab="hashtags" label={t('tags.manage')} />
    </div>
  );
}

interface ChipsProps {
  title: string;
  tags: { tag: string; uses: number }[];
  onInsert: (words: string) => void;
}

function Chips({ title, tags, onInsert }: ChipsProps) {
  if (!tags.length) return null;
  return (
    <Part title={title}>
      <ul className="flex flex-wrap gap-1.5">
        {tags.map(({ tag, uses }) => (
          <li key={tag} className="min-w-0">
            <button
              type="button"
              onClick={() => onInsert(`#${tag}`)}
              className="inline-flex h-8 max-w-full items-center gap-1.5 rounded-full border border-line-strong px-2.5 text-sm hover:bg-sunken"
            >
              <span className="truncate">#{tag}</span>
              <span className="nums text-[12.5px] text-ink-3" aria-hidden>
                {uses}
              </span>
              <span className="sr-only">, {t('tags.uses', { n: uses })}</span>
            </button>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Variables({ onInsert }: { onInsert: (words: string) => void }) {
  const all = useQuery(variablesQuery).data;
  const mine = all?.items ?? [];
  const row = (name: string, note: string, first: boolean) => (
    <li key={name}>
      <button
        type="button"
        data-first={first || undefined}
        onClick={() => onInsert(`{{${name}}}`)}
        className="focus-inset w-full rounded-md px-2 py-2 text-left text-sm hover:bg-sunken"
      >
        <span className="font-medium">{`{{${name}}}`}</span>
        <span className="mt-0.5 block truncate text-[13px] text-ink-2">{note}</span>
      </button>
    </li>
  );
  return (
    <div className="grid w-80 max-w-full gap-4">
      {mine.length > 0 && (
        <Part title={t('vars.mine')}>
          <ul className="-mx-2 grid">{mine.map((v, i) => row(v.name, v.text, i === 0))}</ul>
        </Part>
      )}
      <Part title={t('vars.builtIn')}>
        <ul className="-mx-2 grid">{all?.built_in.map((v, i) => row(v.name, v.help, !mine.length && i === 0))}</ul>
      </Part>
      <Manage tab="variables" label={t('vars.manage')} />
    </div>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h3 className="mb-1 text-xs font-medium text-ink-3">{title}</h3>
    {children}
  </section>
);

const Manage = ({ tab, label }: { tab: string; label: string }) => (
  <Link to="/toolbox" search={{ tab }} className="text-sm font-medium text-accent underline-offset-4 hover:underline">
    {label}
  </Link>
);
