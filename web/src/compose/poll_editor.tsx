// A poll: its answers, how long it is open, and whether more than one may be chosen. What a network takes of it is its
// own rule; anything beyond is said by the check.
import { ListChecks, Plus, X } from 'lucide-react';
import { useRef, type Dispatch } from 'react';
import type { Network } from '../api/client';
import { t } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { Select } from '../kit/field';
import type { Change, Place, PollDraft } from './draft';

type Rule = NonNullable<Network['poll']>;
interface Props {
  place: Place;
  part: string;
  poll: PollDraft;
  rules: Rule[]; // of the networks this text is for
  dispatch: Dispatch<Change>;
}

const spans = [30, 60, 360, 720, 1440, 3 * 1440, 7 * 1440, 14 * 1440];
const spanText = (minutes: number) =>
  minutes % 1440 === 0
    ? t('poll.days', { n: minutes / 1440 })
    : minutes % 60 === 0
      ? t('poll.hours', { n: minutes / 60 })
      : t('poll.minutes', { n: minutes });

export function PollEditor({ place, part, poll, rules, dispatch }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const most = Math.max(4, ...rules.map((r) => r.max_options));
  const longest = Math.min(...rules.map((r) => r.max_option));
  const opens = [...new Set([...spans, poll.minutes])].sort((a, b) => a - b);
  const set = (change: Partial<PollDraft>) => dispatch({ do: 'poll', place, part, poll: { ...poll, ...change } });
  const focus = (index: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('input')[index]?.focus());
  const addAfter = (index: number) => {
    if (poll.options.length >= most) return focus(index + 1);
    set({ options: [...poll.options.slice(0, index + 1), '', ...poll.options.slice(index + 1)] });
    focus(index + 1);
  };
  return (
    <fieldset className="mt-3 rounded-xl border border-line p-3">
      <legend className="flex items-center gap-1.5 px-1.5 text-[13px] font-medium text-ink-2">
        <ListChecks size={15} aria-hidden /> {t('poll.title')}
      </legend>
      <ol ref={list} className="grid gap-2">
        {poll.options.map((option, i) => {
          const over = Number.isFinite(longest) ? [...option].length - longest : 0;
          return (
            <li
              key={i}
              className="flex items-center gap-2 rounded-[9px] border border-control pl-3 focus-within:outline-2 focus-within:outline-accent"
            >
              <input
                aria-label={t('poll.answer', { n: i + 1 })}
                placeholder={t('poll.answer', { n: i + 1 })}
                value={option}
                autoFocus={i === 0 && poll.options.every((o) => !o)}
                onChange={(e) => set({ options: poll.options.map((o, k) => (k === i ? e.target.value : o)) })}
                onKeyDown={(e) => {
                  if (e.key === 'Enter') (e.preventDefault(), addAfter(i));
                }}
                className="h-9.5 min-w-0 flex-1 bg-transparent text-[15px] focus-visible:outline-none"
              />
              {over > 0 && <span className="nums text-[13px] font-medium text-bad">−{over}</span>}
              <IconButton
                icon={X}
                size={15}
                label={t('poll.answerRemove', { n: i + 1 })}
                disabled={poll.options.length <= 2}
                onClick={() => set({ options: poll.options.filter((_, k) => k !== i) })}
              />
            </li>
          );
        })}
      </ol>
      <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          size="sm"
          look="plain"
          icon={Plus}
          className="-ml-2"
          disabled={poll.options.length >= most}
          onClick={() => addAfter(poll.options.length - 1)}
        >
          {t('poll.addAnswer')}
        </Button>
        <label className="ml-auto flex items-center gap-2 text-[13px] whitespace-nowrap text-ink-2">
          {t('poll.open')}
          <Select
            value={String(poll.minutes)}
            onChange={(e) => set({ minutes: Number(e.target.value) })}
            options={opens.map((m) => ({ value: String(m), label: spanText(m) }))}
          />
        </label>
        {(poll.multiple || rules.some((r) => r.multiple)) && (
          <label className="flex items-center gap-2 text-[13px] text-ink-2">
            <input
              type="checkbox"
              className="size-4 accent-(--color-accent)"
              checked={poll.multiple}
              onChange={(e) => set({ multiple: e.target.checked })}
            />
            {t('poll.multiple')}
          </label>
        )}
        <Button size="sm" look="plain" onClick={() => dispatch({ do: 'poll', place, part, poll: undefined })}>
          {t('poll.remove')}
        </Button>
      </div>
    </fieldset>
  );
}
