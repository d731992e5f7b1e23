// The states in words, colour and sign: never by colour alone.
import {
  Ban,
  CalendarClock,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  Clock3,
  LoaderCircle,
  PencilLine,
  SkipForward,
  type LucideIcon,
} from 'lucide-react';
import type { Delivery, DeliveryState, Post, PostState } from '../api/client';
import { t } from '../i18n';
import { Chip, type ChipTone } from '../kit/chip';

interface Sign {
  tone: ChipTone;
  icon: LucideIcon;
  moving?: boolean;
}

const postSigns: Record<PostState, Sign> = {
  draft: { tone: 'plain', icon: PencilLine },
  scheduled: { tone: 'accent', icon: CalendarClock },
  publishing: { tone: 'info', icon: LoaderCircle, moving: true },
  delivered: { tone: 'ok', icon: CircleCheck },
  partly: { tone: 'bad', icon: CircleAlert },
  failed: { tone: 'bad', icon: CircleAlert },
  uncertain: { tone: 'warn', icon: CircleHelp },
  canceled: { tone: 'plain', icon: Ban },
};

export function PostChip({ post }: { post: Pick<Post, 'state' | 'paused'> }) {
  if (post.paused && post.state !== 'draft' && post.state !== 'canceled' && post.state !== 'delivered')
    return (
      <Chip tone="warn" icon={CirclePause}>
        {t('postState.paused')}
      </Chip>
    );
  const sign = postSigns[post.state] ?? { tone: 'plain', icon: CircleDashed };
  return (
    <Chip tone={sign.tone} icon={sign.icon} moving={sign.moving}>
      {t(`postState.${post.state}`)}
    </Chip>
  );
}

const deliverySigns: Record<DeliveryState, Sign> = {
  waiting: { tone: 'plain', icon: Clock3 },
  in_flight: { tone: 'info', icon: LoaderCircle, moving: true },
  uncertain: { tone: 'warn', icon: CircleHelp },
  delivered: { tone: 'ok', icon: CircleCheck },
  failed: { tone: 'bad', icon: CircleAlert },
  canceled: { tone: 'plain', icon: Ban },
  skipped: { tone: 'plain', icon: SkipForward },
};

export function DeliveryChip({ state }: { state: DeliveryState }) {
  const sign = deliverySigns[state];
  return (
    <Chip tone={sign.tone} icon={sign.icon} moving={sign.moving}>
      {t(`deliveryState.${state}`)}
    </Chip>
  );
}

export const isSettled = (d: Delivery) => d.settled !== null;
