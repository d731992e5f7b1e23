// The command palette: places, actions, accounts and posts, found by a few letters. A combobox: the focus stays in the
// field, the arrows move through what was found.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Newspaper, Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { api, ask, type Post } from '../api/client';
import { t } from '../i18n';
import { cx } from '../kit/cx';
import { shortTime } from '../kit/time';
import { Avatar } from '../networks/avatar';
import { beginning } from '../posts/said';
import { matching, useCommands, type Command } from './commands';
import { Kbd } from './sheet';

const shown = 8; // commands at once

function usePosts(typed: string): Command[] {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), 150);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    queryKey: ['posts', 'palette', text],
    queryFn: async () => (await ask(api.GET('/api/v1/posts', { params: { query: { text, limit: 6 } } }))).items,
    enabled: text.length > 1,
    placeholderData: (before: Post[] | undefined) => before,
  }).data;
  if (text.length < 2 || !found) return [];
  return found.map((post) => ({
    id: post.id,
    text: post.title || beginning(post).text || t('posts.noText'),
    icon: Newspaper,
    note: [t(`postState.${post.state}`), post.at && shortTime(post.at.utc)].filter(Boolean).join(' · '),
    run: () => void navigate({ to: post.state === 'draft' ? '/posts/$id/edit' : '/posts/$id', params: { id: post.id } }),
  }));
}

export function Palette({ onClose, onSheet }: { onClose: () => void; onSheet: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const commands = matching(useCommands(onSheet), typed);
  const posts = usePosts(typed);
  const visible = [...(typed ? commands.slice(0, shown) : commands), ...posts];
  const current = visible[Math.min(at, visible.length - 1)];
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current!.showModal();
    return () => before?.focus?.({ preventScroll: true });
  }, []);
  useEffect(() => setAt(0), [typed]);
  useEffect(() => {
    if (current) document.getElementById(`${list} ${current.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [current, list]);
  const run = (command: Command) => {
    onClose();
    command.run();
  };
  const keys = (e: KeyboardEvent) => {
    const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
    if (step && visible.length) setAt((old) => (Math.min(old, visible.length - 1) + step + visible.length) % visible.length);
    else if (e.key === 'Enter' && current) run(current);
    else return;
    e.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={t('palette.title')}
      onCancel={(e) => (e.preventDefault(), onClose())}
      onMouseDown={(e) => e.target === e.currentTarget && onClose()}
      className="rise mt-[12dvh] mb-auto flex max-h-[min(70dvh,560px)] w-140 max-w-[calc(100vw-24px)] flex-col rounded-xl border border-line bg-surface p-0 text-ink shadow-2"
    >
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search size={18} aria-hidden className="shrink-0 text-ink-3" />
        <input
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={list}
          aria-activedescendant={current && `${list} ${current.id}`}
          aria-label={t('palette.title')}
          placeholder={t('palette.hint')}
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          onKeyDown={keys}
          className="h-13 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-3"
        />
        <Kbd>{t('key.escape')}</Kbd>
      </div>
      <ul id={list} role="listbox" aria-label={t('palette.title')} className="min-h-0 flex-1 overflow-y-auto p-1.5">
        {visible.map((command) => (
          <Row
            key={command.id}
            id={`${list} ${command.id}`}
            command={command}
            current={command === current}
            onPoint={() => setAt(visible.indexOf(command))}
            onRun={() => run(command)}
          />
        ))}
      </ul>
      <p role="status" className={cx('px-5 text-sm text-ink-2', visible.length ? 'sr-only' : 'pb-5')}>
        {visible.length ? t('palette.found', { n: visible.length }) : t('palette.none', { text: typed })}
      </p>
    </dialog>
  );
}

interface RowProps {
  id: string;
  command: Command;
  current: boolean;
  onPoint: () => void;
  onRun: () => void;
}

function Row({ id, command, current, onPoint, onRun }: RowProps) {
  const { icon: Icon, face } = command;
  return (
    <li
      id={id}
      role="option"
      aria-selected={current}
      onMouseMove={() => current || onPoint()}
      onClick={onRun}
      className={cx('flex min-h-10 cursor-pointer items-center gap-3 rounded-md px-3 py-1.5 text-sm', current && 'bg-sunken')}
    >
      <span className="grid w-6 shrink-0 place-items-center">
        {face ? <Avatar name={face.name} network={face.network} size={24} /> : Icon && <Icon size={17} aria-hidden className="text-ink-3" />}
      </span>
      <span className="min-w-0 flex-1 truncate">{command.text}</span>
      {command.note && <span className="hidden max-w-56 shrink-0 truncate text-[13px] text-ink-3 sm:inline">{command.note}</span>}
      {command.keys && (
        <span aria-hidden className="hidden gap-1 sm:flex">
          {command.keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </li>
  );
}
