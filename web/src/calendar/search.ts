// The calendar's view and filters as they stand in the address.
export interface Search {
  view?: string;
  on?: string;
  account?: string;
  network?: string;
  state?: string;
  tag?: string;
  campaign?: string;
  text?: string;
}
export const filterNames = ['account', 'network', 'state', 'tag', 'campaign', 'text'] as const;

const word = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
export const readSearch = (s: Record<string, unknown>): Search => ({
  view: word(s.view),
  on: word(s.on),
  account: word(s.account),
  network: word(s.network),
  state: word(s.state),
  tag: word(s.tag),
  campaign: word(s.campaign),
  text: word(s.text),
});
