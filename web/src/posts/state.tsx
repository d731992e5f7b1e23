// The states in words, colour and sign: never by colour alone.
import {
  Ban,
  CalendarClock,
  CalendarX2,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CirclePause,
  Clock3,
  Hourglass,
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
  proposed: { tone: 'warn', icon: Hourglass },
  expired: { tone: 'bad', icon: CalendarX2 },
  scheduled: { tone: 'accent', icon: CalendarClock },
  publishing: { tone: 'info', icon: LoaderCircle, moving: true },
  delivered: { tone: 'ok', icon: CircleCheck },
  partly: { tone: 'bad', icon: CircleAlert },
  failed: { tone: 'bad', icon: CircleAlert },
  uncertain: { tone: 'warn', icon: CircleHelp },
  canceled: { tone: 'plain', icon: Ban },
};

type Standing = Pick<Post, 'state' | 'paused'> & { stopped?: boolean };
const isPaused = (post: Standing) =>
  (post.paused || post.stopped) && post.state !== 'draft' && post.state !== 'canceled' && post.state !== 'delivered';

export const postSign = (post: Standing): Sign =>
  isPaused(post) ? { tone: 'warn', icon: CirclePause } : (postSigns[post.state] ?? { tone: 'plain', icon: CircleDashed });

export function PostChip({ post }: { post: Standing }) {
  const sign = postSign(post);
  return (
    <Chip tone={sign.tone} icon={sign.icon} moving={sign.moving}>
      {isPaused(post) ? t(post.stopped ? 'postState.stopped' : 'postState.paused') : t(`postState.${post.state}`)}
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
