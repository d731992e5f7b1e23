import { MonitorSmartphone } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { PracticeMark } from '../accounts/practice_mark';
import type { Account, CheckReport, Network } from '../api/client';
import { t } from '../i18n';
import { Preview } from '../previews';
import { thumbnailOf } from '../previews/thumbnail';
import { contentAt, type ContentDraft, type Draft, type PartDraft, type Place } from './draft';
import { isWorded } from './marks';
import { useWatch } from './use_seen';

// One card per target, each in its network's look, as it will be.
export function Previews({
  draft,
  accounts,
  networks,
  current,
  report,
  onSeen,
}: {
  draft: Draft;
  accounts: Account[];
  networks: Network[];
  current: Place;
  report: CheckReport | undefined;
  onSeen: (account: string) => void;
}) {
  const ref = useRef<HTMLDivElement>(null);
  useWatch(ref, draft.targets, onSeen);
  useEffect(() => {
    const card = ref.current?.querySelector(`[data-target="${current}"]`);
    card?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, [current]);
  if (!accounts.length)
    return (
      <div className="grid justify-items-center gap-3 rounded-xl border border-dashed border-line-strong px-8 py-16 text-center text-ink-3">
        <MonitorSmartphone size={30} aria-hidden />
        <p className="max-w-64 text-sm">{t('preview.none')}</p>
      </div>
    );
  return (
    <div ref={ref} className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {accounts.map((account) => {
        const content = contentAt(draft, account.id);
        const network = networks.find((n) => n.network === account.network);
        return (
          <div key={account.id} data-target={account.id}>
            <p className="mb-2 flex items-center gap-2 text-[13px] font-medium text-ink-2">
              {network?.label ?? account.network}
              <PracticeMark of={account} />
            </p>
            <Preview
              account={account}
              network={network}
              options={content.options}
              parts={spokenParts(content, report, account.id).map((part) => ({
                text: part.text,
                link: part.link,
                poll: part.poll,
                comment: part.comment,
                media: part.media
                  .filter((m) => !m.error)
                  .map((m) => ({
                    src: m.id ? thumbnailOf(m.id) : null,
                    alt: m.alt,
                    video: m.mime.startsWith('video/'),
                  })),
              }))}
            />
          </div>
        );
      })}
    </div>
  );
}

// What goes out: the server puts variables, marks and links where they belong. Plain words are shown at once.
function spokenParts(content: ContentDraft, report: CheckReport | undefined, account: string): PartDraft[] {
  const said = report?.targets.find((target) => target.account === account)?.content.parts;
  if (!said || !content.parts.some((part) => isWorded(part.text, part.link))) return content.parts;
  return said.map((part, i) => ({
    ...(content.parts[i] ?? { key: `said-${i}`, media: [] }),
    text: part.text,
    link: part.link ?? '',
    comment: part.comment,
  }));
}
