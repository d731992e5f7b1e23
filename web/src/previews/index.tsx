// The look of a post on its network. One component per network; a network without one is shown plainly.
import type { ComponentType } from 'react';
import type { Content, Network } from '../api/client';
import { t } from '../i18n';
import { Avatar } from '../networks/avatar';
import { FacebookPreview } from './facebook';
import { InstagramPreview } from './instagram';
import { LinkedinPreview } from './linkedin';
import { MastodonPreview } from './mastodon';
import { MediaGrid, RichText, type PreviewPart, type PreviewProps } from './parts';
import { TelegramPreview } from './telegram';
import { thumbnailOf } from './thumbnail';
import { ThreadsPreview } from './threads';
import { BlueskyPreview } from './bluesky';
import { DiscordPreview } from './discord';
import { PinterestPreview } from './pinterest';
import { SlackPreview } from './slack';
import { TiktokPreview } from './tiktok';
import { YoutubePreview } from './youtube';
import { XPreview } from './x';

const looks: Record<string, ComponentType<PreviewProps>> = {
  x: XPreview,
  facebook: FacebookPreview,
  mastodon: MastodonPreview,
  telegram: TelegramPreview,
  linkedin: LinkedinPreview,
  threads: ThreadsPreview,
  instagram: InstagramPreview,
  youtube: YoutubePreview,
  tiktok: TiktokPreview,
  slack: SlackPreview,
  pinterest: PinterestPreview,
  discord: DiscordPreview,
  bluesky: BlueskyPreview,
};

function PlainPreview({ name, handle, parts }: PreviewProps) {
  return (
    <div className="card grid gap-4 p-4">
      {parts.map((part, i) => (
        <article key={i} className="flex gap-3">
          <Avatar name={name} size={36} />
          <div className="min-w-0 flex-1">
            <p className="truncate font-semibold">
              {name} <span className="font-normal text-ink-3">{handle}</span>
            </p>
            <p className="break-words whitespace-pre-wrap">
              <RichText text={[part.text, part.link].filter(Boolean).join('\n')} link="text-accent" />
            </p>
            <MediaGrid media={part.media} gap="gap-0.5" className="mt-2 rounded-lg" />
          </div>
        </article>
      ))}
    </div>
  );
}

interface Props {
  account: { network: string; name: string; handle: string };
  network: Network | undefined;
  parts: PreviewPart[];
  options: Record<string, unknown>;
  when?: PreviewProps['when'];
}

export function Preview({ account, network, parts, options, when }: Props) {
  const Look = looks[account.network] ?? PlainPreview;
  const shown = network && !network.thread ? parts.slice(0, 1) : parts;
  const comments = network?.comment && !network.thread ? parts.filter((part) => part.comment) : [];
  const label = t('preview.label', { network: network?.label ?? account.network, name: account.name });
  return (
    <figure aria-label={label} className="m-0">
      <Look
        name={account.name}
        handle={account.handle}
        parts={shown}
        options={options}
        when={when ?? t('preview.now')}
        linkCard={network?.link_card ?? false}
      />
      {comments.map((part, i) => (
        <div key={i} className="mt-2 flex gap-2.5 pl-4 text-sm">
          <Avatar name={account.name} size={28} />
          <p className="min-w-0 rounded-2xl bg-sunken px-3 py-2 break-words whitespace-pre-wrap">
            <b className="block font-semibold">{account.name}</b>
            <RichText text={[part.text, part.link].filter(Boolean).join(' ')} link="text-accent" />
          </p>
        </div>
      ))}
    </figure>
  );
}

// Stored content as the previews want it.
export function partsOf(content: Content): PreviewPart[] {
  return content.parts.map((part) => ({
    text: part.text,
    link: part.link ?? '',
    poll: part.poll,
    comment: part.comment,
    media: (part.media ?? []).map((m) => ({ src: thumbnailOf(m.id), alt: m.alt ?? '', video: false })),
  }));
}
