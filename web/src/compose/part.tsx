import { ArrowDown, ArrowUp, ImagePlus, Images, Link2, ListChecks, MessageSquare, Trash2, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type ClipboardEvent, type Dispatch } from 'react';
import { t } from '../i18n';
import { IconButton } from '../kit/button';
import { cx, randomId } from '../kit/cx';
import { LibraryPicker } from '../media/picker';
import { Counter, type Count } from './counter';
import type { Network } from '../api/client';
import { emptyPoll, type Change, type PartDraft, type Place } from './draft';
import { MediaStrip } from './media_strip';
import { PollEditor } from './poll_editor';
import { useCompletion } from './completion';
import { WordButtons } from './word_buttons';

interface Props {
  place: Place;
  part: PartDraft;
  index: number;
  total: number;
  counts: Count[];
  fresh: boolean;
  accept: string;
  maxAlt: number;
  networks: string[]; // of this text
  audience: Network[]; // the same, with their rules
  polls: NonNullable<Network['poll']>[]; // what the networks of this text allow
  dispatch: Dispatch<Change>;
  onFiles: (files: File[]) => void;
  onDropPart: () => void;
  onDropMedia: (key: string) => void;
  autoFocus?: boolean;
}

// One message: its text, pictures and link.
export function Part({
  place,
  part,
  index,
  total,
  counts,
  fresh,
  accept,
  maxAlt,
  networks,
  audience,
  polls,
  dispatch,
  onFiles,
  onDropPart,
  onDropMedia,
  autoFocus,
}: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [picking, setPicking] = useState(false);
  const [linkOpen, setLinkOpen] = useState(part.link !== '');
  useLayoutEffect(() => {
    if (CSS.supports('field-sizing', 'content')) return; // the browser does it
    const box = area.current!;
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight}px`;
  }, [part.text]);
  useEffect(() => {
    if (autoFocus) area.current?.focus();
  }, [autoFocus]);
  const onText = (text: string) => dispatch({ do: 'text', place, part: part.key, text });
  const completion = useCompletion(area, part.text, networks, onText);
  const onPaste = (e: ClipboardEvent) => {
    const files = [...e.clipboardData.files];
    if (!files.length) return;
    e.preventDefault();
    onFiles(files);
  };
  const label = part.comment
    ? t('compose.comment')
    : total > 1
      ? t('compose.partText', { n: index + 1, all: total })
      : t('compose.text');
  return (
    <div className={cx('relative', total > 1 && 'pl-9')} data-part={index}>
      {total > 1 && (
        <>
          <span
            aria-hidden
            className="nums absolute top-3.5 left-0 grid size-6 place-items-center rounded-full bg-sunken text-xs font-semibold text-ink-2"
          >
            {part.comment ? <MessageSquare size={13} /> : index + 1}
          </span>
          {index < total - 1 && (
            <span aria-hidden className="absolute top-11 bottom-[-12px] left-[11px] w-0.5 rounded bg-line" />
          )}
        </>
      )}
      {part.comment && <p className="px-1 pt-3.5 text-[13px] font-medium text-ink-2">{t('compose.comment')}</p>}
      <div className="relative">
      <textarea
        ref={area}
        aria-label={label}
        value={part.text}
        rows={index === 0 ? 5 : 3}
        placeholder={
          part.comment
            ? t('compose.placeholderComment')
            : index === 0
              ? t('compose.placeholder')
              : t('compose.placeholderNext')
        }
        onChange={(e) => (onText(e.target.value), completion.look())}
        onPaste={onPaste}
        {...completion.props}
        className="block w-full field-sizing-content min-h-[4lh] resize-none overflow-hidden rounded-md bg-transparent px-1 py-3 text-[17px] leading-relaxed outline-offset-4 focus-visible:outline-none"
      />
      {completion.list}
      </div>
      {part.poll && (
        <PollEditor place={place} part={part.key} poll={part.poll} rules={polls} dispatch={dispatch} />
      )}
      <MediaStrip
        place={place}
        part={part}
        maxAlt={maxAlt}
        networks={audience}
        dispatch={dispatch}
        onDrop={onDropMedia}
      />
      {linkOpen && (
        <div className="mt-3 flex items-center gap-2 rounded-[9px] border border-control pl-3 focus-within:outline-2 focus-within:outline-accent">
          <Link2 size={16} aria-hidden className="shrink-0 text-ink-3" />
          <input
            type="url"
            inputMode="url"
            aria-label={t('compose.link')}
            placeholder="https://"
            value={part.link}
            autoFocus={!part.link}
            onChange={(e) => dispatch({ do: 'link', place, part: part.key, link: e.target.value })}
            className="h-9.5 min-w-0 flex-1 bg-transparent text-sm focus-visible:outline-none"
          />
          <IconButton
            icon={X}
            size={15}
            label={t('compose.linkRemove')}
            onClick={() => {
              dispatch({ do: 'link', place, part: part.key, link: '' });
              setLinkOpen(false);
            }}
          />
        </div>
      )}
      <div className="mt-2 -ml-1.5 flex items-center gap-0.5">
        <IconButton icon={ImagePlus} label={t('compose.addMedia')} onClick={() => picker.current?.click()} />
        <IconButton icon={Images} label={t('library.pick')} onClick={() => setPicking(true)} />
        <IconButton icon={Link2} label={t('compose.addLink')} onClick={() => setLinkOpen(true)} disabled={linkOpen} />
        <WordButtons area={area} text={part.text} networks={networks} onText={onText} />
        {polls.length > 0 && !part.comment && (
          <IconButton
            icon={ListChecks}
            label={t('poll.add')}
            disabled={!!part.poll}
            onClick={() => dispatch({ do: 'poll', place, part: part.key, poll: emptyPoll() })}
          />
        )}
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept={accept}
          onChange={(e) => {
            onFiles([...(e.target.files ?? [])]);
            e.target.value = '';
          }}
        />
        {picking && (
          <LibraryPicker
            onClose={() => setPicking(false)}
            onChoose={(files) => {
              const media = files.map(({ id, name, mime, alt }) => ({ key: randomId(), id, name, mime, alt }));
              dispatch({ do: 'addMedia', place, part: part.key, media });
              setPicking(false);
            }}
          />
        )}
        {total > 1 && (
          <>
            <span aria-hidden className="mx-1 h-5 w-px bg-line" />
            <IconButton
              icon={ArrowUp}
              size={16}
              label={t('compose.partUp')}
              disabled={index === 0}
              onClick={() => dispatch({ do: 'movePart', place, part: part.key, by: -1 })}
            />
            <IconButton
              icon={ArrowDown}
              size={16}
              label={t('compose.partDown')}
              disabled={index === total - 1}
              onClick={() => dispatch({ do: 'movePart', place, part: part.key, by: 1 })}
            />
            <IconButton icon={Trash2} size={16} label={t('compose.partRemove')} onClick={onDropPart} />
          </>
        )}
        <div className="ml-auto">
          <Counter counts={counts} fresh={fresh} />
        </div>
      </div>
    </div>
  );
}
