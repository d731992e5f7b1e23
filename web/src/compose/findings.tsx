import { Link } from '@tanstack/react-router';
import { ChevronDown, CircleAlert, CircleCheck, Crop, Info, TriangleAlert } from 'lucide-react';
import type { Account, CheckReport, Finding, Network } from '../api/client';
import { t, tWord } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Avatar } from '../networks/avatar';
import type { Fitting } from './use_fit';
import { wallText } from './wall';

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

// Which file it speaks of, counted from one.
const fileOf = ({ finding }: Line) => {
  const at = /media\[(\d+)\]/.exec(finding.field)?.[1];
  return at === undefined ? undefined : Number(at) + 1;
};
const saysTheSame = (a: Line, b: Line) => a.finding.id === b.finding.id && a.finding.text === b.finding.text;

interface Props {
  report: CheckReport;
  accounts: Account[];
  networks: Network[];
  fitting: boolean; // copies are being made
  onFitAll: (lines: Line[]) => void;
  onFix: (line: Line, action: Action) => void;
}

const actions = ['reconnect', 'refresh', 'release', 'pick_time', 'edit', 'split', 'enable', 'open_campaign', 'replace', 'take_slot', 'link_in_text', 'fit', 'insert', 'confirm', 'open_preview'] as const;
export type Action = (typeof actions)[number];
const isAction = (word: string): word is Action => (actions as readonly string[]).includes(word);

// What the button of a line does: the server's proposal; and where a text is too long for a network that has threads,
// splitting it.
export function actionOf({ finding, accounts }: Line, networks: Network[]): Action | null {
  const threads = accounts.length > 0 && accounts.every((a) => networks.find((n) => n.network === a.network)?.thread);
  if (finding.id === 'text_too_long' && threads) return 'split';
  return isAction(finding.action) ? finding.action : null;
}

const sameCopy = ({ finding, accounts }: Line) => JSON.stringify([finding.repair, accounts.map((a) => a.id)]);

// One copy mends everything that is wrong with a file: of several lines about it the first has the button.
const repairsOnce = (lines: Line[]) =>
  lines.filter(
    (line, i) => line.finding.repair && lines.findIndex((other) => sameCopy(other) === sameCopy(line)) === i,
  );

// What these lines would have made, for each of their accounts.
export const fittingsOf = (lines: Line[], networks: Network[]): Fitting[] =>
  lines.flatMap(({ finding, accounts }) =>
    accounts.map((account) => ({
      account: account.id,
      name: networks.find((n) => n.network === account.network)?.label ?? account.name,
      repair: finding.repair!,
    })),
  );

// The readiness strip: what the networks would say, before it hurts.
export function Findings({ report, accounts, networks, fitting, onFitAll, onFix }: Props) {
  const lines = linesOf(report, accounts);
  const notes = lines.filter((line) => line.finding.severity === 'info');
  const pressing = lines.filter((line) => line.finding.severity !== 'info');
  const repairs = repairsOnce(pressing);
  const action = (line: Line) =>
    line.finding.repair && !repairs.includes(line) ? null : actionOf(line, networks);
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
        {repairs.length > 1 && (
          <Button size="sm" icon={Crop} busy={fitting} className="ml-auto" onClick={() => onFitAll(repairs)}>
            {t('fit.all', { n: repairs.length })}
          </Button>
        )}
      </p>
      {pressing.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {pressing.map((line, i) => (
            <FindingRow
              key={i}
              line={line}
              file={pressing.some((other) => other !== line && saysTheSame(other, line)) ? fileOf(line) : undefined}
              action={action(line)}
              networks={networks}
              busy={fitting}
              onFix={onFix}
            />
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
              <FindingRow key={i} line={line} action={actionOf(line, networks)} networks={networks} busy={false} onFix={onFix} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function fixWords(action: Action, { finding, accounts }: Line, networks: Network[]): string {
  if (action === 'fit')
    return t('fix.fit', { name: fittingsOf([{ finding, accounts }], networks)[0]?.name ?? '' });
  if (action === 'replace') return t('fix.replace', { name: finding.replace?.to ?? '' });
  if (action === 'take_slot') return t('fix.take_slot', { time: finding.slot ? wallText(finding.slot.local) : '' });
  if (action === 'insert') return t('fix.insert', { mark: finding.insert ?? '' });
  if (action === 'confirm') return tWord('confirm', finding.id);
  return t(`fix.${action}`);
}

interface RowProps {
  line: Line;
  file?: number; // where several lines say the same of different files
  action: Action | null;
  networks: Network[];
  busy: boolean;
  onFix: Props['onFix'];
}

function FindingRow({ line, file, action, networks, busy, onFix }: RowProps) {
  const { finding, accounts } = line;
  const { icon: Icon, ink } = signs[finding.severity];
  return (
    <li className="flex items-start gap-x-3 gap-y-2 px-4 py-3 text-sm max-sm:flex-wrap sm:px-5">
      <Icon size={17} aria-hidden className={cx('mt-0.5 shrink-0', ink)} />
      <div className="min-w-0 flex-1">
        <p>
          <span className="sr-only">{t(`severity.${finding.severity}`)}: </span>
          {file && <b className="font-semibold">{t('check.file', { n: file })} </b>}
          {finding.text}
        </p>
        {finding.fix && <p className="text-ink-2">{finding.fix}</p>}
        {action === 'fit' && finding.repair && (
          <p className="text-[13px] text-ink-3">{t('fit.makes', { what: finding.repair.label })}</p>
        )}
        {finding.post && (
          <Link
            to="/posts/$id"
            params={{ id: finding.post }}
            className="mt-0.5 inline-block text-[13px] font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('check.otherPost')}
          </Link>
        )}
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
      <div className="flex shrink-0 flex-wrap gap-2 empty:hidden max-sm:basis-full max-sm:pl-7 sm:justify-end">
        {action && (
          <Button size="sm" busy={busy && action === 'fit'} onClick={() => onFix(line, action)}>
            {fixWords(action, line, networks)}
          </Button>
        )}
        {finding.confirmable && action !== 'confirm' && (
          <Button size="sm" look="plain" onClick={() => onFix(line, 'confirm')}>
            {fixWords('confirm', line, networks)}
          </Button>
        )}
      </div>
    </li>
  );
}
