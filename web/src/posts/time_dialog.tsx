// Another time for a post: its own while that lies ahead, else in an hour.
import { useState, type ReactNode } from 'react';
import type { Post } from '../api/client';
import type { WhenDraft } from '../compose/draft';
import { wallClock, wallText } from '../compose/wall';
import { WhenFields } from '../compose/when_fields';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Trouble } from '../kit/note';
import { viewerZone } from '../kit/time';

interface Props {
  post: Post;
  title: string;
  action: (time: string) => string; // what the button says
  busy: boolean;
  error: Error | null;
  children?: ReactNode;
  onClose: () => void;
  onChoose: (at: WhenDraft) => void;
}

export function TimeDialog({ post, title, action, busy, error, children, onClose, onChoose }: Props) {
  const zone = post.at?.zone ?? viewerZone;
  const [at, setAt] = useState<WhenDraft>(() =>
    post.at && new Date(post.at.utc).getTime() > Date.now()
      ? { local: post.at.local.slice(0, 16), zone }
      : { local: wallClock(zone, Date.now() + 3600_000), zone },
  );
  return (
    <Dialog
      title={title}
      wide
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" busy={busy} onClick={() => onChoose(at)}>
            {action(wallText(at.local))}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {children}
        <WhenFields at={at} zone={zone} onChange={setAt} />
        {error && <Trouble error={error} />}
      </div>
    </Dialog>
  );
}
