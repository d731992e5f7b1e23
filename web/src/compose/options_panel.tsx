import { ChevronDown } from 'lucide-react';
import type { Dispatch } from 'react';
import type { Network, NetworkOption } from '../api/client';
import { t } from '../i18n';
import { Field, inputClass, Select } from '../kit/field';
import { NetworkMark } from '../networks/look';
import type { Change, ContentDraft, Place } from './draft';

interface Props {
  place: Place;
  content: ContentDraft;
  networks: Network[]; // of this tab's targets
  dispatch: Dispatch<Change>;
}

// What can be set for a network beside the text. The list, its words and values are the network's traits.
export function OptionsPanel({ place, content, networks, dispatch }: Props) {
  return networks
    .filter((n) => n.options.length > 0)
    .map((network) => (
      <details key={network.network} className="group border-t border-line">
        <summary className="flex h-12 items-center gap-2.5 px-4 text-sm font-medium hover:bg-raised focus-inset sm:px-5">
          <NetworkMark network={network.network} size={18} />
          {t('compose.options', { network: network.label })}
          <Chosen network={network} content={content} />
          <ChevronDown
            size={16}
            aria-hidden
            className="ml-auto text-ink-3 transition-transform group-open:rotate-180"
          />
        </summary>
        <div className="grid gap-4 px-4 pt-1 pb-5 sm:grid-cols-2 sm:px-5">
          {network.options.map((option) => (
            <OptionField
              key={option.name}
              option={option}
              value={content.options[option.name] ?? option.initial}
              onChange={(value) =>
                dispatch({ do: 'option', place, name: option.name, value: value === option.initial ? '' : value })
              }
            />
          ))}
        </div>
      </details>
    ));
}

function Chosen({ network, content }: { network: Network; content: ContentDraft }) {
  const set = network.options
    .filter((o) => content.options[o.name])
    .map((o) => `${o.label}: ${wordFor(o, content.options[o.name]!)}`);
  return set.length ? <span className="truncate font-normal text-ink-3">{set.join(' · ')}</span> : null;
}

// "true" and "false" are a switch to people.
const isSwitch = (option: NetworkOption) =>
  option.values.length === 2 && ['true', 'false'].every((v) => option.values.includes(v));
const wordFor = (option: NetworkOption, value: string) =>
  isSwitch(option) ? t(value === 'true' ? 'yes' : 'no') : value.replaceAll('_', ' ');

function OptionField({
  option,
  value,
  onChange,
}: {
  option: NetworkOption;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={option.label} hint={option.help}>
      {(ids) =>
        option.values.length ? (
          <Select
            {...ids}
            value={value}
            onChange={(e) => onChange(e.target.value)}
            options={option.values.map((v) => ({ value: v, label: wordFor(option, v) }))}
          />
        ) : (
          <input {...ids} value={value} onChange={(e) => onChange(e.target.value)} className={inputClass} />
        )
      }
    </Field>
  );
}
