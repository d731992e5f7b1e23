import { ChevronDown, CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { Account, CheckReport, Finding, Network } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';

const signs = {
  blocker: { icon: CircleAlert, ink: 'text-bad' },
  warning: { icon: TriangleAlert, ink: 'text-warn' },
  info: { icon: Info, ink: 'text-info' },
};
const order = ['blocker', 'warning', 'info'] as const;

export interface Line {
  finding: Finding;
  accounts: Account[]; // none: the post as a whole
}

// Findings that say the same of several accounts are one line.
export function linesOf(report: CheckReport, accounts: Account[]): Line[] {
  const lines = new Map<string, Line>();
  for (const finding of report.findings) lines.set(`all ${finding.id} ${finding.text}`, { finding, accounts: [] });
  for (const target of report.targets)
    for (const finding of target.findings) {
      const key = `${finding.id} ${finding.field} ${finding.text}`;
      const line = lines.get(key) ?? { finding, accounts: [] };
      const account = accounts.find((a) => a.id === target.account);
      if (account) line.accounts.push(account);
      lines.set(key, line);
    }
  return [...lines.values()].sort((a, b) => order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity));
}

interface Props {
  report: CheckReport;
  accounts: Account[];
  networks: Network[];
  onFix: (line: Line, action: Action) => void;
}

const actions = ['reconnect', 'refresh', 'release', 'pick_time', 'edit', 'split'] as const;
export type Action = (typeof actions)[number];
const isAction = (word: string): word is Action => (actions as readonly string[]).includes(word);

// What the button of a line does: the server's proposal; and where a text is too long for a network that has threads,
// splitting it.
export function actionOf({ finding, accounts }: Line, networks: Network[]): Action | null {
  const threads = accounts.length > 0 && accounts.every((a) => networks.find((n) => n.network === a.network)?.thread);
  if (finding.id === 'text_too_long' && threads) return 'split';
  return isAction(finding.action) ? finding.action : null;
}

// The readiness strip: what the networks would say, before it hurts.
export function Findings({ report, accounts, networks, onFix }: Props) {
  const lines = linesOf(report, accounts);
  const notes = lines.filter((line) => line.finding.severity === 'info');
  const pressing = lines.filter((line) => line.finding.severity !== 'info');
  const ready = report.targets.filter((target) => target.ready).length;
  const all = report.targets.length;
  return (
    <section id="findings" aria-label={t('check.title')} className="card overflow-hidden">
      <p role="status" className="flex items-center gap-2.5 px-4 py-3 text-sm font-medium sm:px-5">
        {report.ready ? (
          <CircleCheck size={18} aria-hidden className="text-ok" />
        ) : (
          <CircleAlert size={18} aria-hidden className="text-bad" />
        )}
        {report.ready ? t('check.ready', { n: all }) : t('check.notReady', { ready, all })}
      </p>
      {pressing.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {pressing.map((line, i) => (
            <FindingRow key={i} line={line} action={actionOf(line, networks)} onFix={onFix} />
          ))}
        </ul>
      )}
      {notes.length > 0 && (
        <details className="group border-t border-line">
          <summary className="flex h-10 items-center gap-2 px-4 text-[13px] text-ink-3 hover:text-ink focus-inset sm:px-5">
            <Info size={15} aria-hidden />
            {t('check.notes', { n: notes.length })}
            <ChevronDown size={15} aria-hidden className="ml-auto transition-transform group-open:rotate-180" />
          </summary>
          <ul className="divide-y divide-line border-t border-line">
            {notes.map((line, i) => (
              <FindingRow key={i} line={line} action={actionOf(line, networks)} onFix={onFix} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function FindingRow({ line, action, onFix }: { line: Line; action: Action | null; onFix: Props['onFix'] }) {
  const { finding, accounts } = line;
  const { icon: Icon, ink } = signs[finding.severity];
  return (
    <li className="flex items-start gap-3 px-4 py-3 text-sm sm:px-5">
      <Icon size={17} aria-hidden className={cx('mt-0.5 shrink-0', ink)} />
      <div className="min-w-0 flex-1">
        <p>
          <span className="sr-only">{t(`severity.${finding.severity}`)}: </span>
          {finding.text}
        </p>
        {finding.fix && <p className="text-ink-2">{finding.fix}</p>}
        {accounts.length > 0 && (
          <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-ink-3">
            {accounts.map((a) => (
              <span key={a.id} className="inline-flex items-center gap-1.5">
                <Avatar name={a.name} network={a.network} size={20} />
                {a.name}
              </span>
            ))}
          </p>
        )}
      </div>
      {action && (
        <Button size="sm" onClick={() => onFix(line, action)}>
          {t(`fix.${action}`)}
        </Button>
      )}
    </li>
  );
}
