// A post's deliveries as people think of them: one line per account, thread parts in order, what a retry replaced
// kept apart.
import type { Delivery, Post, TargetView } from '../api/client';

export interface TargetLine {
  target: TargetView;
  current: Delivery[]; // by part
  replaced: Delivery[];
}

export function targetsOf(post: Post): TargetLine[] {
  const deliveries = post.deliveries ?? [];
  const lines = post.targets.map((target) => lineOf(target, deliveries));
  // Accounts that are no longer targets but have sent something.
  const known = new Set(post.targets.map((t) => t.account));
  const others = [...new Set(deliveries.map((d) => d.account))].filter((account) => !known.has(account));
  return [
    ...lines,
    ...others.map((account) => {
      const d = deliveries.find((x) => x.account === account)!;
      return lineOf({ account, network: d.network, name: d.network, handle: '', sandbox: d.sandbox }, deliveries);
    }),
  ];
}

function lineOf(target: TargetView, deliveries: Delivery[]): TargetLine {
  const own = deliveries.filter((d) => d.account === target.account).sort((a, b) => a.part - b.part);
  return { target, current: own.filter((d) => !d.superseded), replaced: own.filter((d) => d.superseded) };
}

// A target is out when all its parts are. The state that most wants attention speaks for the target.
const urgency = ['failed', 'uncertain', 'in_flight', 'waiting', 'skipped', 'canceled', 'delivered'] as const;
export const leading = (line: TargetLine): Delivery | undefined =>
  [...line.current].sort((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state))[0];
export const isOut = (line: TargetLine) =>
  line.current.length > 0 && line.current.every((d) => d.state === 'delivered');

export const nextDue = (post: Post): string | undefined =>
  (post.deliveries ?? [])
    .filter((d) => d.state === 'waiting' && !d.superseded && d.due)
    .map((d) => d.due!)
    .sort()[0];
