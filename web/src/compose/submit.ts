// Saving, scheduling and publishing a composition: which calls, in which order.
import { api, ask, Problem, type Post } from '../api/client';
import { bodyOf, type Draft } from './draft';

export type Goal = 'draft' | 'schedule' | 'now';

async function create(draft: Draft, goal: Goal): Promise<Post> {
  const { at, ...rest } = bodyOf(draft);
  const body =
    goal === 'draft'
      ? { ...rest, ...(at && { at }), state: 'draft' as const }
      : goal === 'now'
        ? { ...rest, now: true }
        : { ...rest, at, state: 'scheduled' as const };
  return ask(api.POST('/api/v1/posts', { params: { header: { 'Idempotency-Key': draft.request } }, body }));
}

async function update(draft: Draft, goal: Goal): Promise<Post> {
  const id = draft.post!;
  const body = bodyOf(draft);
  const saved = await ask(
    api.PATCH('/api/v1/posts/{id}', {
      params: { path: { id }, header: { 'If-Match': `"${draft.revision}"` } },
      body: { title: '', tags: [], ...body, at: body.at ?? null },
    }),
  );
  try {
    if (goal === 'now') return await ask(api.POST('/api/v1/posts/{id}/publish', { params: { path: { id } } }));
    if (goal === 'schedule' && draft.state === 'draft')
      return await ask(api.POST('/api/v1/posts/{id}/schedule', { params: { path: { id } }, body: { at: body.at } }));
  } catch (error) {
    throw new HalfDone(saved, error);
  }
  return saved;
}

// The edit is saved, what should follow was refused.
export class HalfDone extends Error {
  constructor(
    readonly post: Post,
    readonly why: unknown,
  ) {
    super();
  }
}

export const submit = (draft: Draft, goal: Goal) => (draft.post ? update(draft, goal) : create(draft, goal));

// A refusal answers this one request: the next try is another. After silence the key stays, so that it makes one post.
export const needsNewRequest = (error: unknown) => error instanceof Problem && error.refused;
