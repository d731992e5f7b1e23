// What every key does, on one sheet.
import { t, type Key } from '../i18n';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { commandKey, useSingleKeys } from './keys';
import { places } from './places';

interface Line {
  keys: string[];
  what: string;
}
const line = (what: Key, ...keys: string[]): Line => ({ keys, what: t(what as 'keys.palette') });

export function Sheet({ onClose }: { onClose: () => void }) {
  const [on, choose] = useSingleKeys();
  const groups: { title: Key; single?: boolean; lines: Line[] }[] = [
    { title: 'keys.everywhere', lines: [line('keys.palette', commandKey(), 'K')] },
    {
      title: 'keys.single',
      single: true,
      lines: [
        line('nav.compose', 'C'),
        line('keys.palette', '/'),
        line('keys.sheet', '?'),
        ...places.map((place) => line(place.label, 'G', place.key.toUpperCase())),
      ],
    },
    {
      title: 'nav.calendar',
      lines: [
        line('keys.walk', '←', '↑', '→', '↓'),
        line('keys.pick', t('key.space')),
        line('keys.drop', t('key.enter')),
        line('keys.select', 'X'),
      ],
    },
    { title: 'nav.queue', lines: [line('keys.swap', t('key.alt'), '↑'), line('keys.swapDown', t('key.alt'), '↓')] },
    { title: 'keys.writing', lines: [line('keys.tabs', '←', '→'), line('keys.close', t('key.escape'))] },
  ];
  return (
    <Dialog title={t('keys.title')} onClose={onClose} wide>
      <label className="mb-5 flex items-center gap-2.5 text-sm">
        <input type="checkbox" checked={on} onChange={(e) => choose(e.target.checked)} className="size-4.5 accent-(--accent)" />
        {t('keys.switch')}
      </label>
      <div className="gap-x-10 sm:columns-2">
        {groups.map((group) => (
          <section key={group.title} className={cx('mb-6 break-inside-avoid', group.single && !on && 'opacity-55')}>
            <h3 className="mb-2 text-[13px] font-semibold text-ink-2">{t(group.title as 'keys.single')}</h3>
            <dl className="grid gap-1.5">
              {group.lines.map(({ keys, what }) => (
                <div key={what + keys.join()} className="flex items-baseline justify-between gap-4 text-sm">
                  <dt>{what}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

export const Kbd = ({ children }: { children: string }) => (
  <kbd className="nums inline-grid h-5.5 min-w-5.5 place-items-center rounded-[5px] border border-line-strong bg-raised px-1.5 font-sans text-[11.5px] font-medium text-ink-2">
    {children}
  </kbd>
);
