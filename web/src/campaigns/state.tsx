// How a campaign stands, in a word, a sign and a colour; and the colour that people gave it.
import { CircleCheck, CircleStop, Flag } from 'lucide-react';
import { t } from '../i18n';
import { Chip } from '../kit/chip';
import type { Campaign } from './read';

const signs = {
  active: { tone: 'ok', icon: CircleCheck },
  stopped: { tone: 'warn', icon: CircleStop },
  ended: { tone: 'plain', icon: Flag },
} as const;

export function CampaignChip({ state }: { state: Campaign['state'] }) {
  const { tone, icon } = signs[state];
  return (
    <Chip tone={tone} icon={icon}>
      {t(`campaignState.${state}`)}
    </Chip>
  );
}

// The policy of the page refuses styles within it, so the colour is an attribute of a drawing.
export const Dot = ({ colour, size = 12 }: { colour: string; size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden className="shrink-0">
    <circle cx="6" cy="6" r="5.5" fill={colour || 'none'} stroke={colour ? 'none' : 'currentColor'} strokeOpacity=".4" />
  </svg>
);
