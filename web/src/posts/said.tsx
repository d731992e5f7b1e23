// What a post says to its readers: variables filled in by the server, and a sign that they are.
import { Braces } from 'lucide-react';
import type { Content, Post, TargetView } from '../api/client';
import { list, t } from '../i18n';

export const saidBy = (post: Pick<Post, 'content'>, target: TargetView | undefined): Content =>
  target?.says ?? target?.content ?? post.content;

// How the post's own text begins, as the first account says it that has no text of its own.
export function beginning(post: Pick<Post, 'content' | 'targets'>): { text: string; filled: boolean } {
  const target = post.targets.find((one) => !one.content) ?? post.targets[0];
  const filled = !!target?.says && !!target.variables?.length;
  return { text: (filled ? target!.says! : post.content).parts[0]?.text ?? '', filled };
}

// names: of the variables, where they are known.
export function FilledMark({ names, className }: { names?: string[]; className?: string }) {
  const words = names?.length ? t('said.names', { names: list(names) }) : t('said.filled');
  return (
    <span title={words} className={className ?? 'ml-1.5 inline-flex align-[-1px] text-ink-3'}>
      <Braces size={13} aria-hidden />
      <span className="sr-only"> ({words})</span>
    </span>
  );
}
