// A composition as it is being written: pure values and the one function that changes them.
import type { Content, LatePolicy, MediaFile, Post, PostCheck, PostCreate, PostState } from '../api/client';
import { randomId } from '../kit/cx';
import { hasMarks, noMarks, renamed, type UtmDraft } from './marks';
import { ruleOf, type Repeat } from './repeat';
import type { LinkPlace } from '../toolbox/read';

export interface CoverDraft {
  at_ms?: number; // a moment of the video
  picture?: string; // a media file
}
export interface MediaDraft {
  key: string;
  id?: string; // once the server has it
  name: string;
  mime: string;
  alt: string;
  cover?: CoverDraft;
  progress?: number; // 0…1 while it is uploaded
  stalled?: boolean; // the server cannot be reached; it goes on by itself
  error?: string;
}
export interface PollDraft {
  options: string[];
  minutes: number; // how long votes are taken
  multiple: boolean;
}
export interface PartDraft {
  key: string;
  text: string;
  link: string;
  media: MediaDraft[];
  poll?: PollDraft;
  comment?: boolean; // a comment of our own under the post
}
export interface ContentDraft {
  parts: PartDraft[];
  options: Record<string, string>;
}
export interface WhenDraft {
  local: string; // "2026-11-20T09:30"
  zone: string;
}
export interface Draft {
  key: string;
  post?: string;
  revision?: number;
  state: PostState;
  request: string; // the Idempotency-Key: made once, so that two clicks, two tabs and a retry make one post
  title: string;
  tags: string[];
  campaign?: string;
  targets: string[];
  global: ContentDraft;
  own: Record<string, ContentDraft>; // detached contents, by account
  at: WhenDraft | null;
  late?: LatePolicy;
  utm?: UtmDraft; // marks on its links; none: as the workspace has it
  links?: Record<string, LinkPlace>; // where the link goes, by account, when it is not as usual
  repeat?: Repeat; // of a post that does not repeat yet
  confirmed?: string[]; // findings that the writer answered
  savedAt: number; // when it was kept on this device; 0: nothing was changed yet
}
export type Place = 'global' | string; // or an account with a content of its own

export type Change =
  | { do: 'replace'; draft: Draft }
  | { do: 'toggle'; account: string }
  | { do: 'text'; place: Place; part: string; text: string }
  | { do: 'link'; place: Place; part: string; link: string }
  | { do: 'option'; place: Place; name: string; value: string }
  | { do: 'poll'; place: Place; part: string; poll: PollDraft | undefined }
  | { do: 'addPart'; place: Place; after: string; comment?: boolean }
  | { do: 'dropPart'; place: Place; part: string }
  | { do: 'movePart'; place: Place; part: string; by: number }
  | { do: 'splitPart'; place: Place; part: string; texts: string[] }
  | { do: 'addMedia'; place: Place; part: string; media: MediaDraft[] }
  | { do: 'media'; key: string; change: Partial<MediaDraft> }
  | { do: 'dropMedia'; place: Place; part: string; key: string }
  | { do: 'moveMedia'; place: Place; part: string; key: string; to: number }
  | { do: 'swapMedia'; place: Place; part: string; key: string; media: Pick<MediaDraft, 'id' | 'name' | 'mime'> }
  | { do: 'fit'; account: string; part: number; index: number; cover: boolean; file: MediaFile }
  | { do: 'detach'; account: string }
  | { do: 'reattach'; account: string }
  | { do: 'at'; at: WhenDraft | null }
  | { do: 'late'; then: LatePolicy['then'] }
  | { do: 'repeat'; repeat: Repeat }
  | { do: 'utm'; utm: UtmDraft }
  | { do: 'linkPlace'; account: string; place: LinkPlace }
  | { do: 'renameVariable'; from: string; to: string }
  | { do: 'confirm'; finding: string }
  | { do: 'prefix'; place: Place; part: number; words: string }
  | { do: 'title'; title: string }
  | { do: 'tags'; tags: string[] }
  | { do: 'campaign'; campaign: string | undefined }
  | { do: 'saved'; post: Post }
  | { do: 'newRequest' };

export const emptyPoll = (): PollDraft => ({ options: ['', ''], minutes: 1440, multiple: false });
const emptyPart = (comment?: boolean): PartDraft => ({
  key: randomId(),
  text: '',
  link: '',
  media: [],
  ...(comment && { comment }),
});

export const emptyDraft = (key: string): Draft => ({
  key,
  state: 'draft',
  request: randomId(),
  title: '',
  tags: [],
  targets: [],
  global: { parts: [emptyPart()], options: {} },
  own: {},
  at: null,
  savedAt: 0,
});

const coverFrom = (cover: CoverDraft | null | undefined) => (cover ? { cover } : {});

function fromContent(content: Content): ContentDraft {
  return {
    parts: content.parts.map((part) => ({
      key: randomId(),
      text: part.text,
      link: part.link ?? '',
      ...(part.poll && { poll: { ...emptyPoll(), ...part.poll } }),
      ...(part.comment && { comment: true }),
      media: (part.media ?? []).map((m) => ({ key: randomId(), id: m.id, name: '', mime: '', alt: m.alt ?? '', ...coverFrom(m.cover) })),
    })),
    options: Object.fromEntries(Object.entries(content.options ?? {}).map(([name, value]) => [name, String(value)])),
  };
}

export function draftOf(post: Post): Draft {
  return {
    key: `post-${post.id}`,
    post: post.id,
    revision: post.revision,
    state: post.state,
    request: randomId(),
    title: post.title,
    tags: post.tags,
    campaign: post.campaign ?? undefined,
    targets: post.targets.map((target) => target.account),
    global: fromContent(post.content),
    own: Object.fromEntries(post.targets.filter((t) => t.content).map((t) => [t.account, fromContent(t.content!)])),
    at: post.at && { local: post.at.local, zone: post.at.zone },
    late: post.late,
    ...(post.utm && { utm: { ...noMarks, ...post.utm } }),
    links: Object.fromEntries(post.targets.flatMap((x) => (x.link ? [[x.account, x.link]] : []))),
    savedAt: 0,
  };
}

export const contentAt = (draft: Draft, place: Place): ContentDraft => draft.own[place] ?? draft.global;

function toContent(content: ContentDraft): Content {
  const options = Object.fromEntries(Object.entries(content.options).filter(([, value]) => value !== ''));
  return {
    parts: content.parts.map((part) => {
      const media = part.media.filter((m) => m.id).map((m) => ({
        id: m.id!,
        ...(m.alt && { alt: m.alt }),
        ...coverFrom(m.cover),
      }));
      return {
        text: part.text,
        ...(part.link.trim() && { link: part.link.trim() }),
        ...(part.poll && { poll: part.poll }),
        ...(part.comment && { comment: true }),
        ...(media.length && { media }),
      };
    }),
    ...(Object.keys(options).length && { options }),
  };
}

// What the server is told. The same for the check and for the submit, so that what was checked is what is sent.
export function bodyOf(draft: Draft): PostCreate {
  return {
    content: toContent(draft.global),
    targets: draft.targets.map((account) => {
      const own = draft.own[account];
      const link = draft.links?.[account];
      return { account, ...(own && { content: toContent(own) }), ...(link && link !== 'usual' && { link }) };
    }),
    ...(draft.title.trim() && { title: draft.title.trim() }),
    ...(draft.tags.length && { tags: draft.tags }),
    ...((draft.campaign || draft.post) && { campaign: draft.campaign ?? null }),
    ...(draft.at && { at: draft.at }),
    ...(draft.late && { late: draft.late }),
    ...(hasMarks(draft.utm) && { utm: draft.utm }),
  };
}

// The same for a check, which also knows what is edited, how it will repeat, and what the writer said and saw.
export function checkOf(draft: Draft, seen: string[]): PostCheck {
  const rule = draft.repeat && draft.at && ruleOf(draft.repeat, draft.at.local);
  return {
    ...bodyOf(draft),
    ...(draft.post && { post: draft.post }),
    ...(rule && { repeat: rule }),
    ...(draft.confirmed && { confirmed: draft.confirmed }),
    seen,
  };
}

const allMedia = (draft: Draft) =>
  [draft.global, ...Object.values(draft.own)].flatMap((c) => c.parts.flatMap((p) => p.media));
export const isUploading = (draft: Draft) => allMedia(draft).some((m) => m.progress !== undefined && !m.error);
export const isBlank = (draft: Draft) =>
  !draft.title &&
  [draft.global, ...Object.values(draft.own)].every((c) =>
    c.parts.every((p) => !p.text.trim() && !p.link && !p.media.length && !p.poll),
  );

function moved<T>(items: T[], from: number, to: number): T[] {
  if (from < 0 || to < 0 || to >= items.length || from === to) return items;
  const next = items.slice();
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

// The first part is the post itself, whatever it was before.
const first = (parts: PartDraft[]) => parts.map((part, i) => (i ? part : { ...part, comment: undefined }));

type Edit = (content: ContentDraft) => ContentDraft;
function editAt(draft: Draft, place: Place, edit: Edit): Draft {
  return draft.own[place]
    ? { ...draft, own: { ...draft.own, [place]: edit(draft.own[place]) } }
    : { ...draft, global: edit(draft.global) };
}
const editParts = (draft: Draft, place: Place, edit: (parts: PartDraft[]) => PartDraft[]) =>
  editAt(draft, place, (content) => ({ ...content, parts: edit(content.parts) }));
const editPart = (draft: Draft, place: Place, key: string, edit: (part: PartDraft) => PartDraft) =>
  editParts(draft, place, (parts) => parts.map((part) => (part.key === key ? edit(part) : part)));

// Uploads are known by their key wherever a copy of them is.
function editMedia(draft: Draft, key: string, change: Partial<MediaDraft>): Draft {
  const edit: Edit = (content) => ({
    ...content,
    parts: content.parts.map((part) => ({
      ...part,
      media: part.media.map((m) => (m.key === key ? { ...m, ...change } : m)),
    })),
  });
  return {
    ...draft,
    global: edit(draft.global),
    own: Object.fromEntries(Object.entries(draft.own).map(([account, content]) => [account, edit(content)])),
  };
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  const { [key]: _, ...rest } = record;
  return rest;
}

const detached = (draft: Draft, account: string): Draft => ({
  ...draft,
  own: {
    ...draft.own,
    [account]: {
      options: { ...draft.global.options },
      parts: draft.global.parts.map((part) => ({ ...part, key: randomId() })),
    },
  },
});

// The copy in the place of the file that does not go, or as its cover; for this account alone.
function fitted(draft: Draft, { account, part, index, cover, file }: Change & { do: 'fit' }): Draft {
  const put = (m: MediaDraft): MediaDraft =>
    cover
      ? { ...m, key: randomId(), cover: { ...m.cover, picture: file.id } }
      : { ...m, key: randomId(), id: file.id, name: file.name, mime: file.mime };
  return editParts(draft, account, (parts) =>
    parts.map((p, i) => (i === part ? { ...p, media: p.media.map((m, j) => (j === index ? put(m) : m)) } : p)),
  );
}

export function change(draft: Draft, c: Change): Draft {
  switch (c.do) {
    case 'replace':
      return c.draft;
    case 'toggle':
      return draft.targets.includes(c.account)
        ? { ...draft, targets: draft.targets.filter((a) => a !== c.account), own: without(draft.own, c.account) }
        : { ...draft, targets: [...draft.targets, c.account] };
    case 'text':
      return editPart(draft, c.place, c.part, (part) => ({ ...part, text: c.text }));
    case 'link':
      return editPart(draft, c.place, c.part, (part) => ({ ...part, link: c.link }));
    case 'option':
      return editAt(draft, c.place, (content) => ({ ...content, options: { ...content.options, [c.name]: c.value } }));
    case 'addPart':
      return editParts(draft, c.place, (parts) => {
        const at = parts.findIndex((p) => p.key === c.after) + 1;
        return [...parts.slice(0, at), emptyPart(c.comment), ...parts.slice(at)];
      });
    case 'poll':
      return editPart(draft, c.place, c.part, ({ poll: _, ...part }) => (c.poll ? { ...part, poll: c.poll } : part));
    case 'dropPart':
      return editParts(draft, c.place, (parts) => first(parts.filter((p) => p.key !== c.part)));
    case 'movePart':
      return editParts(draft, c.place, (parts) => {
        const from = parts.findIndex((p) => p.key === c.part);
        return first(moved(parts, from, from + c.by));
      });
    case 'splitPart':
      return editParts(draft, c.place, (parts) =>
        parts.flatMap((p) =>
          p.key === c.part ? c.texts.map((text, i) => (i ? { ...emptyPart(), text } : { ...p, text })) : [p],
        ),
      );
    case 'addMedia':
      return editPart(draft, c.place, c.part, (part) => ({ ...part, media: [...part.media, ...c.media] }));
    case 'media':
      return editMedia(draft, c.key, c.change);
    case 'dropMedia':
      return editPart(draft, c.place, c.part, (part) => ({
        ...part,
        media: part.media.filter((m) => m.key !== c.key),
      }));
    case 'moveMedia':
      return editPart(draft, c.place, c.part, (part) => ({
        ...part,
        media: moved(
          part.media,
          part.media.findIndex((m) => m.key === c.key),
          c.to,
        ),
      }));
    case 'swapMedia':
      return editPart(draft, c.place, c.part, (part) => ({
        ...part,
        media: part.media.map((m) => (m.key === c.key ? { ...m, ...c.media, key: randomId() } : m)),
      }));
    case 'fit':
      return fitted(draft.own[c.account] ? draft : detached(draft, c.account), c);
    case 'detach':
      return detached(draft, c.account);
    case 'reattach':
      return { ...draft, own: without(draft.own, c.account) };
    case 'at':
      return { ...draft, at: c.at };
    case 'late':
      return { ...draft, late: { ...draft.late, then: c.then } };
    case 'repeat':
      return { ...draft, repeat: c.repeat };
    case 'utm':
      return { ...draft, utm: c.utm };
    case 'linkPlace':
      return { ...draft, links: { ...draft.links, [c.account]: c.place } };
    case 'renameVariable': {
      const edit: Edit = (content) => ({
        ...content,
        parts: content.parts.map((part) => ({
          ...part,
          text: renamed(part.text, c.from, c.to),
          link: renamed(part.link, c.from, c.to),
        })),
      });
      const own = Object.entries(draft.own).map(([account, content]) => [account, edit(content)] as const);
      return { ...draft, global: edit(draft.global), own: Object.fromEntries(own) };
    }
    case 'confirm':
      return { ...draft, confirmed: [...(draft.confirmed ?? []), c.finding] };
    case 'prefix': // at its beginning, where nobody overlooks it
      return editParts(draft, c.place, (parts) =>
        parts.map((part, i) => (i === c.part ? { ...part, text: `${c.words} ${part.text}` } : part)),
      );
    case 'title':
      return { ...draft, title: c.title };
    case 'tags':
      return { ...draft, tags: c.tags };
    case 'campaign':
      return { ...draft, campaign: c.campaign };
    case 'saved':
      return { ...draft, post: c.post.id, revision: c.post.revision, state: c.post.state, request: randomId() };
    case 'newRequest':
      return { ...draft, request: randomId() };
  }
}
