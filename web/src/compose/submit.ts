// Saving, scheduling and publishing a composition: which calls, in which order.
import { api, ask, Problem, type Post } from '../api/client';
import { bodyOf, type Draft } from './draft';
import { ruleOf } from './repeat';

export type Goal = 'draft' | 'schedule' | 'now' | 'next' | 'best'; // the last two: a slot of the queue

async function create(draft: Draft, goal: Goal): Promise<Post> {
  const { at, ...rest } = bodyOf(draft);
  const body =
    goal === 'draft'
      ? { ...rest, ...(at && { at }), state: 'draft' as const }
      : goal === 'now'
        ? { ...rest, now: true }
        : goal === 'next' || goal === 'best'
          ? { ...rest, queue: goal }
        : { ...rest, at, state: 'scheduled' as const };
  return ask(api.POST('/api/v1/posts', { params: { header: { 'Idempotency-Key': draft.request } }, body }));
}

const enqueue = (id: string, draft: Draft, queue: 'next' | 'best') => {
  const call = { params: { path: { id } }, body: { queue } };
  return ask(
    draft.state === 'draft'
      ? api.POST('/api/v1/posts/{id}/schedule', call)
      : api.POST('/api/v1/posts/{id}/reschedule', call),
  );
};

async function update(draft: Draft, goal: Goal): Promise<Post> {
  const id = draft.post!;
  const body = bodyOf(draft);
  const saved = await ask(
    api.PATCH('/api/v1/posts/{id}', {
      params: { path: { id }, header: { 'If-Match': `"${draft.revision}"` } },
      body: { title: '', tags: [], utm: null, ...body, at: body.at ?? null },
    }),
  );
  try {
    if (goal === 'now') return await ask(api.POST('/api/v1/posts/{id}/publish', { params: { path: { id } } }));
    if (goal === 'next' || goal === 'best') return await enqueue(id, draft, goal);
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

// What happens to the other posts of a series when one of them is changed.
export type Scope = 'one' | 'following' | 'all';

// The post stands; then it begins to repeat, or its change is spread over others.
async function follow(post: Post, draft: Draft, goal: Goal, scope: Scope): Promise<Post> {
  const rule = draft.repeat && post.at && ruleOf(draft.repeat, post.at.local);
  const params = { path: { id: post.id } };
  try {
    if (rule && goal !== 'draft' && goal !== 'now')
      await ask(api.POST('/api/v1/posts/{id}/repeat', { params, body: { rule } }));
    if (scope !== 'one') await ask(api.POST('/api/v1/posts/{id}/spread', { params, body: { scope } }));
  } catch (error) {
    throw new HalfDone(post, error);
  }
  return post;
}

export async function submit(draft: Draft, goal: Goal, scope: Scope = 'one'): Promise<Post> {
  const post = await (draft.post ? update(draft, goal) : create(draft, goal));
  return follow(post, draft, goal, scope);
}

// A refusal answers this one request: the next try is another. After silence the key stays, so that it makes one post.
export const needsNewRequest = (error: unknown) => error instanceof Problem && error.refused;
