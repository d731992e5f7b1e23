// The folders of the library: a tree on a wide screen, a list to choose from on a narrow one.
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Files, Folder as FolderIcon, FolderInput, FolderOpen, FolderPlus, Inbox, Pencil, Trash2, MoreHorizontal } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import type { MediaFile } from '../api/client';
import { t } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { cx } from '../kit/cx';
import { Select } from '../kit/field';
import { Menu, MenuItem } from '../kit/menu';
import { isCarried, putDown } from './carry';
import { movedWords, useChange } from './chosen';
import { Make, MoveFolder, RemoveFolder, Rename } from './folder_dialogs';
import { above, foldersQuery, lastOf } from './read';

export const everywhere = undefined;
export const nowhere = '/'; // in the address: files that are in no folder

interface Props {
  folder: string | undefined;
  onChange: (folder: string | undefined) => void;
}

export function FolderTree({ folder, onChange, onMoved, may }: Props & { may: boolean; onMoved: () => void }) {
  const move = useChange(onMoved, movedWords);
  const folders = useQuery(foldersQuery).data ?? [];
  const [making, setMaking] = useState(false);
  // Only what is open, and what stands beside it: a tree of a thousand folders stays short.
  const open = folder && folder !== nowhere ? folder : '';
  const shown = folders.filter(({ path }) => {
    const parent = above(path);
    return parent === '' || open === parent || open.startsWith(`${parent}/`);
  });
  const hasChildren = (path: string) => folders.some((each) => above(each.path) === path);
  return (
    <nav aria-label={t('library.folders')} className="hidden w-56 shrink-0 lg:block">
      <ul className="grid gap-0.5">
        <Entry icon={Files} depth={0} current={folder === everywhere} onClick={() => onChange(everywhere)}>
          {t('library.allFiles')}
        </Entry>
        {folders.length > 0 && (
          <Entry
            icon={Inbox}
            depth={0}
            current={folder === nowhere}
            onClick={() => onChange(nowhere)}
            onTake={(files) => move.mutate({ files, change: { folder: '' } })}
          >
            {t('library.noFolder')}
          </Entry>
        )}
        {shown.map(({ path, files }) => (
          <Entry
            key={path}
            icon={path === open || open.startsWith(`${path}/`) ? FolderOpen : FolderIcon}
            depth={path.split('/').length - 1}
            current={path === folder}
            more={hasChildren(path)}
            files={files}
            onClick={() => onChange(path)}
            onTake={(taken) => move.mutate({ files: taken, change: { folder: path } })}
          >
            {lastOf(path)}
          </Entry>
        ))}
      </ul>
      {may && (
        <Button size="sm" look="plain" icon={FolderPlus} className="mt-2 -ml-0.5" onClick={() => setMaking(true)}>
          {t('library.makeFolder')}
        </Button>
      )}
      {making && <Make inside={open} onClose={() => setMaking(false)} onDone={onChange} />}
    </nav>
  );
}

interface EntryProps {
  icon: typeof FolderIcon;
  depth: number;
  current: boolean;
  more?: boolean;
  files?: number;
  onClick: () => void;
  onTake?: (files: MediaFile[]) => void; // what is dropped on it
  children: string;
}

const indent = ['pl-2.5', 'pl-6', 'pl-10', 'pl-14', 'pl-18', 'pl-22', 'pl-26', 'pl-30'];

function Entry({ icon: Icon, depth, current, more, files, onClick, onTake, children }: EntryProps) {
  const [over, setOver] = useState(false);
  const takes = (e: DragEvent) => !!onTake && isCarried(e);
  return (
    <li
      onDragOver={(e) => takes(e) && (e.preventDefault(), setOver(true))}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        setOver(false);
        if (!takes(e)) return;
        e.preventDefault();
        onTake!(putDown());
      }}
    >
      <button
        type="button"
        aria-current={current ? 'true' : undefined}
        onClick={onClick}
        className={cx(
          'flex h-9 w-full items-center gap-2 rounded-md pr-2.5 text-left text-sm transition-colors',
          indent[Math.min(depth, indent.length - 1)],
          current ? 'bg-accent-soft font-medium text-accent' : 'text-ink-2 hover:bg-sunken hover:text-ink',
          over && 'ring-2 ring-accent',
        )}
      >
        <Icon size={16} aria-hidden className="shrink-0" />
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {files ? <span className="nums text-[12.5px] text-ink-3">{files}</span> : null}
        {!files && more ? <ChevronRight size={14} aria-hidden className="text-ink-3" /> : null}
      </button>
    </li>
  );
}

// The same choice in one line.
export function FolderSelect({ folder, onChange, className }: Props & { className?: string }) {
  const folders = useQuery(foldersQuery).data ?? [];
  if (folders.length === 0) return null;
  return (
    <div className={className}>
      <Select
        aria-label={t('library.folder')}
        value={folder ?? ''}
        onChange={(e) => onChange(e.target.value || everywhere)}
        options={[
          { value: '', label: t('library.allFiles') },
          { value: nowhere, label: t('library.noFolder') },
          ...folders.map(({ path }) => ({ value: path, label: path.replaceAll('/', ' / ') })),
        ]}
      />
    </div>
  );
}

// Where one is, the folders within, and what can be done with this one.
export function FolderHead({ folder, onChange, may }: Props & { may: boolean }) {
  const folders = useQuery(foldersQuery).data ?? [];
  const [doing, setDoing] = useState<'make' | 'rename' | 'move' | 'remove' | null>(null);
  const path = folder && folder !== nowhere ? folder : '';
  const inside = folders.filter((each) => (path ? above(each.path) === path : false));
  const close = () => setDoing(null);
  if (!path)
    return (
      <div className="-mt-1 mb-3 lg:hidden">
        {may && (
          <Button size="sm" look="plain" icon={FolderPlus} className="-ml-2" onClick={() => setDoing('make')}>
            {t('library.makeFolder')}
          </Button>
        )}
        {doing === 'make' && <Make inside="" onClose={close} onDone={onChange} />}
      </div>
    );
  const steps = path.split('/').map((name, i, all) => ({ name, path: all.slice(0, i + 1).join('/') }));
  return (
    <div className="mb-4">
      <div className="flex min-h-9 items-center gap-1">
        <nav aria-label={t('library.path')} className="min-w-0 flex-1">
          <ol className="flex flex-wrap items-center gap-x-1 text-sm">
            <li>
              <Step onClick={() => onChange(everywhere)}>{t('library.allFiles')}</Step>
            </li>
            {steps.map((step, i) => (
              <li key={step.path} className="flex min-w-0 items-center gap-1">
                <ChevronRight size={14} aria-hidden className="shrink-0 text-ink-3" />
                {i < steps.length - 1 ? (
                  <Step onClick={() => onChange(step.path)}>{step.name}</Step>
                ) : (
                  <h2 aria-current="page" className="truncate px-1 text-base font-semibold">
                    {step.name}
                  </h2>
                )}
              </li>
            ))}
          </ol>
        </nav>
        {may && (
          <Menu trigger={<IconButton icon={MoreHorizontal} label={t('library.folderMenu', { folder: lastOf(path) })} />}>
            <MenuItem icon={FolderPlus} onSelect={() => setDoing('make')}>
              {t('library.makeInside')}
            </MenuItem>
            <MenuItem icon={Pencil} onSelect={() => setDoing('rename')}>
              {t('library.rename')}
            </MenuItem>
            <MenuItem icon={FolderInput} onSelect={() => setDoing('move')}>
              {t('library.moveFolder')}
            </MenuItem>
            <MenuItem icon={Trash2} danger onSelect={() => setDoing('remove')}>
              {t('library.removeFolder')}
            </MenuItem>
          </Menu>
        )}
      </div>
      {inside.length > 0 && (
        <ul className="mt-3 flex flex-wrap gap-2" aria-label={t('library.within')}>
          {inside.map((each) => (
            <li key={each.path}>
              <Button size="sm" icon={FolderIcon} onClick={() => onChange(each.path)}>
                {lastOf(each.path)}
                {each.files > 0 && <span className="nums text-ink-3">{each.files}</span>}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {doing === 'make' && <Make inside={path} onClose={close} onDone={onChange} />}
      {doing === 'rename' && <Rename path={path} onClose={close} onDone={onChange} />}
      {doing === 'move' && <MoveFolder path={path} onClose={close} onDone={onChange} />}
      {doing === 'remove' && <RemoveFolder path={path} onClose={close} onDone={onChange} />}
    </div>
  );
}

const Step = ({ onClick, children }: { onClick: () => void; children: string }) => (
  <button type="button" onClick={onClick} className="rounded px-1 py-1 text-ink-2 hover:text-ink hover:underline">
    {children}
  </button>
);
