// Something that is shown this once: named lines, and one button that copies them.
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { t } from '../i18n';
import { Button } from '../kit/button';

// Where the page is not served over TLS the clipboard is closed to it: the text is selected instead.
async function copy(text: string, fallback: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (fallback) getSelection()?.selectAllChildren(fallback);
    return false;
  }
}

export function Secret({ rows }: { rows: [name: string, value: string][] }) {
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const [box, setBox] = useState<HTMLElement | null>(null);
  const text = rows.length === 1 ? rows[0]![1] : rows.map(([name, value]) => `${name}: ${value}`).join('\n');
  return (
    <div className="rounded-lg border border-line-strong bg-raised">
      <dl ref={setBox} className="grid gap-2.5 px-4 py-3.5">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className="text-[13px] text-ink-3">{name}</dt>
            <dd className="font-mono text-[14px] break-all select-all">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2.5">
        <Button
          size="sm"
          data-first
          icon={copied === 'yes' ? Check : Copy}
          onClick={() => void copy(text, box).then((ok) => setCopied(ok ? 'yes' : 'no'))}
        >
          {t('secret.copy')}
        </Button>
        <span role="status" className="text-[13px] text-ink-2">
          {copied === 'yes' ? t('secret.copied') : copied === 'no' ? t('secret.selected') : ''}
        </span>
      </div>
    </div>
  );
}
