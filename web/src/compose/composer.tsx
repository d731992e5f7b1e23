import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Eye, MessageSquare, Plus, Undo2 } from 'lucide-react';
import { useReducer, useState } from 'react';
import type { Account, Network, Post } from '../api/client';
import { api, ask, Problem } from '../api/client';
import { t } from '../i18n';
import { Button, IconButton } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Note, Trouble } from '../kit/note';
import { toastDone, toastError } from '../kit/toast';
import { useTitle } from '../shell/shell';
import type { Count } from './counter';
import { change, contentAt, isBlank, type Draft, type PartDraft, type Place } from './draft';
import { CutDialog, isCut } from './cut_dialog';
import { DropZone } from './drop_zone';
import { Findings, fittingsOf, type Action, type Line } from './findings';
import { Footer } from './footer';
import { LinksPanel } from './links_panel';
import { KeepSign } from './keep_sign';
import { forgetDraft, useKeep } from './keep';
import { OptionsPanel } from './options_panel';
import { Part } from './part';
import { Previews } from './preview_column';
import { splitText } from './split';
import { Tabs } from './tabs';
import { Targets } from './targets';
import { useCheck } from './use_check';
import { RunningFits } from './running_fits';
import { useFit, type Fitting } from './use_fit';
import { useSeen } from './use_seen';
import { useUpload } from './use_upload';
import { Locked, OwnBar } from './versions';
import { CampaignField } from './campaign_field';
import { DetailsPanel } from './details_panel';

interface Props {
  start: Draft;
  stored?: Draft; // what the server has, when `start` was kept on this device
  post?: Post;
  accounts: Account[];
  networks: Network[];
  zone: string;
}

export function Composer({ start, stored, post, accounts, networks, zone }: Props) {
  const [original, setOriginal] = useState(start);
  const [draft, dispatch] = useReducer(change, start);
  const [place, setPlace] = useState<Place>('global');
  const [whenOpen, setWhenOpen] = useState(false);
  const [previewing, setPreviewing] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [cutting, setCutting] = useState<Fitting | null>(null);
  const { seen, onSeen } = useSeen();
  const { keeping, stop } = useKeep(draft, original);
  const { report, fresh, error } = useCheck(draft, seen);
  const { add, cancel } = useUpload(dispatch);
  const { running, fit, stop: stopFit } = useFit(dispatch);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const title = draft.post ? t('compose.editTitle') : t('compose.newTitle');
  useTitle(title);

  const chosen = draft.targets.map((id) => accounts.find((a) => a.id === id)).filter((a): a is Account => !!a);
  const here = place !== 'global' && !draft.targets.includes(place) ? 'global' : place;
  const target = chosen.find((a) => a.id === here);
  const locked = !!target && !draft.own[here];
  const content = contentAt(draft, here);
  // Whom the text of this tab is for.
  const audience = target ? [target] : chosen.filter((a) => !draft.own[a.id]);
  const audienceNetworks = networks.filter((n) => audience.some((a) => a.network === n.network));
  const countsOf = (index: number): Count[] =>
    audience.flatMap((account) => {
      const part = report?.targets.find((r) => r.account === account.id)?.parts[index];
      return part ? [{ network: account.network, label: account.name, ...part }] : [];
    });
  // A blank post is no wrong one: it is judged from the first word on.
  const judged = isBlank(draft) ? undefined : report;
  const problemsOf = (id: string) =>
    judged?.targets.find((r) => r.account === id)?.findings.filter((f) => f.severity === 'blocker').length ?? 0;

  const dropPart = (part: PartDraft) => {
    const before = draft;
    dispatch({ do: 'dropPart', place: here, part: part.key });
    if (part.text || part.media.length)
      toastDone(t('compose.partRemoved'), { label: t('undo'), run: () => dispatch({ do: 'replace', draft: before }) });
  };
  const dropMedia = (part: PartDraft, key: string) => {
    const before = draft;
    cancel(key);
    dispatch({ do: 'dropMedia', place: here, part: part.key, key });
    if (part.media.find((m) => m.key === key)?.id)
      toastDone(t('media.removed'), { label: t('undo'), run: () => dispatch({ do: 'replace', draft: before }) });
  };
  const focusPart = (index: number) =>
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-part="${index}"] textarea`)?.focus());

  const fix = async ({ finding, accounts: whose }: Line, action: Action) => {
    const first = whose[0];
    const index = Number(/parts\[(\d+)\]/.exec(finding.field)?.[1] ?? 0);
    const goal = first && draft.own[first.id] ? first.id : 'global';
    switch (action) {
      case 'pick_time':
        return setWhenOpen(true);
      case 'replace':
        if (finding.replace) dispatch({ do: 'renameVariable', ...finding.replace });
        return;
      case 'take_slot':
        if (finding.slot) dispatch({ do: 'at', at: { local: finding.slot.local.slice(0, 16), zone: finding.slot.zone } });
        return;
      case 'fit': {
        const all = fittingsOf([{ finding, accounts: whose }], networks);
        const [one] = all;
        return one && all.length === 1 && isCut(one) ? setCutting(one) : fit(all, draft);
      }
      case 'insert':
        if (finding.insert) dispatch({ do: 'prefix', place: goal, part: index, words: finding.insert });
        return;
      case 'confirm':
        return dispatch({ do: 'confirm', finding: finding.id });
      case 'open_preview':
        if (first) setPlace(first.id);
        if (!matchMedia('(min-width: 80rem)').matches) setPreviewing(true); // else it stands beside the text
        return;
      case 'link_in_text':
        return whose.forEach((account) => dispatch({ do: 'linkPlace', account: account.id, place: 'text' }));
      case 'edit':
        setPlace(goal);
        return focusPart(index);
      case 'split': {
        const part = contentAt(draft, goal).parts[index];
        const count = report?.targets.find((r) => r.account === first?.id)?.parts[index];
        if (part && count)
          dispatch({
            do: 'splitPart',
            place: goal,
            part: part.key,
            texts: splitText(part.text, count.counted, count.limit),
          });
        setPlace(goal);
        return;
      }
      case 'reconnect':
        return void navigate({ to: '/accounts' });
      case 'open_campaign':
        return draft.campaign && void navigate({ to: '/campaigns/$id', params: { id: draft.campaign } });
      case 'enable':
        try {
          for (const account of whose)
            await ask(
              api.POST('/api/v1/campaigns/{id}/enable', {
                params: { path: { id: draft.campaign ?? '' } },
                body: { account: account.id },
              }),
            );
          void queries.invalidateQueries({ queryKey: ['campaign', draft.campaign] });
          void queries.invalidateQueries({ queryKey: ['check'] });
        } catch (e) {
          toastError(e);
        }
        return;
      case 'refresh':
      case 'release':
        if (finding.group === 'system') return void navigate({ to: '/system' });
        try {
          for (const account of whose)
            await ask(
              api.POST(action === 'refresh' ? '/api/v1/accounts/{id}/refresh' : '/api/v1/accounts/{id}/release', {
                params: { path: { id: account.id } },
              }),
            );
          void queries.invalidateQueries({ queryKey: ['accounts'] });
          void queries.invalidateQueries({ queryKey: ['check'] });
        } catch (e) {
          toastError(e);
        }
    }
  };

  return (
    <div className="flex min-h-[calc(100dvh-var(--ribbon,0px)-56px)] flex-col lg:min-h-[calc(100dvh-var(--ribbon,0px))]">
      <div className="mx-auto w-full max-w-[1400px] flex-1 px-4 pt-4 sm:px-8 sm:pt-6">
        <div className="mb-5 flex items-center gap-2.5">
          <IconButton
            icon={ArrowLeft}
            label={t('compose.leave')}
            onClick={() =>
              void navigate(
                draft.post && draft.state !== 'draft'
                  ? { to: '/posts/$id', params: { id: draft.post } }
                  : { to: '/posts' },
              )
            }
            className="-ml-2"
          />
          <h1 className="text-[22px] font-semibold tracking-tight">{title}</h1>
          <KeepSign keeping={keeping} />
          <Button size="sm" icon={Eye} className="ml-auto xl:hidden" onClick={() => setPreviewing(true)}>
            {t('compose.preview')}
          </Button>
        </div>
        {post && post.tally.delivered > 0 && (
          <Note className="mb-5" title={t('compose.partlyOut', { n: post.tally.delivered })}>
            {t('compose.partlyOutText')}
          </Note>
        )}
        {stored && draft === start && (
          <Note
            className="mb-5"
            title={t('compose.restored')}
            actions={
              <Button
                size="sm"
                icon={Undo2}
                onClick={() => (dispatch({ do: 'replace', draft: stored }), setOriginal(stored))}
              >
                {t('compose.restoredUndo')}
              </Button>
            }
          >
            {t('compose.restoredText')}
          </Note>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,500px)]">
          <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5 pb-6">
            <Targets
              accounts={accounts}
              networks={networks}
              chosen={draft.targets}
              onToggle={(account) => dispatch({ do: 'toggle', account })}
            />
            <DropZone disabled={locked} onFiles={(files) => add(here, content.parts.at(-1)!.key, files)}>
              {chosen.length > 0 && (
                <Tabs
                  accounts={chosen}
                  current={here}
                  detached={(id) => !!draft.own[id]}
                  problems={problemsOf}
                  onChoose={setPlace}
                />
              )}
              <div
                id="editor"
                role={chosen.length ? 'tabpanel' : undefined}
                aria-labelledby={chosen.length ? `tab-${here}` : undefined}
              >
                {locked ? (
                  <Locked
                    target={target}
                    content={content.parts}
                    onDetach={() => dispatch({ do: 'detach', account: here })}
                  />
                ) : (
                  <div className="grid gap-3 px-4 py-2 sm:px-5">
                    {target && <OwnBar target={target} onBack={() => dispatch({ do: 'reattach', account: here })} />}
                    {content.parts.map((part, i) => (
                      <Part
                        key={part.key}
                        place={here}
                        part={part}
                        index={i}
                        total={content.parts.length}
                        counts={countsOf(i)}
                        fresh={fresh}
                        accept={acceptOf(audienceNetworks)}
                        maxAlt={maxAltOf(audienceNetworks)}
                        networks={audienceNetworks.map((n) => n.network)}
                        audience={audienceNetworks}
                        polls={audienceNetworks.flatMap((n) => n.poll ?? [])}
                        dispatch={dispatch}
                        onFiles={(files) => add(here, part.key, files)}
                        onDropPart={() => dropPart(part)}
                        onDropMedia={(key) => dropMedia(part, key)}
                        autoFocus={i > 0 && part.text === ''}
                      />
                    ))}
                    <div className="-ml-2 mb-2 flex flex-wrap gap-1">
                    {audienceNetworks.some((n) => n.thread) && (
                      <Button
                        look="plain"
                        size="sm"
                        icon={Plus}
                        onClick={() => dispatch({ do: 'addPart', place: here, after: content.parts.at(-1)!.key })}
                      >
                        {t('compose.addPart')}
                      </Button>
                    )}
                    {audienceNetworks.some((n) => n.comment) && !content.parts.some((p) => p.comment) && (
                      <Button
                        look="plain"
                        size="sm"
                        icon={MessageSquare}
                        onClick={() =>
                          dispatch({ do: 'addPart', place: here, after: content.parts.at(-1)!.key, comment: true })
                        }
                      >
                        {t('compose.addComment')}
                      </Button>
                    )}
                    </div>
                  </div>
                )}
                {!locked && (
                  <OptionsPanel place={here} content={content} networks={audienceNetworks} dispatch={dispatch} />
                )}
                <LinksPanel draft={draft} accounts={chosen} networks={networks} report={report} dispatch={dispatch} />
                <CampaignField campaign={draft.campaign} dispatch={dispatch} />
                <DetailsPanel title={draft.title} tags={draft.tags} dispatch={dispatch} />
              </div>
            </DropZone>
            {refusal !== null && (
              <Trouble
                error={refusal}
                actions={
                  refusal instanceof Problem &&
                  refusal.status === 412 && (
                    <Button size="sm" onClick={() => (stop(), location.reload())}>
                      {t('compose.loadNewer')}
                    </Button>
                  )
                }
              />
            )}
            <RunningFits running={running} onStop={stopFit} />
            {judged && (
              <Findings
                report={judged}
                accounts={accounts}
                networks={networks}
                fitting={running.length > 0}
                onFitAll={(lines) => void fit(fittingsOf(lines, networks), draft)}
                onFix={(line, action) => void fix(line, action)}
              />
            )}
            {!report && error !== null && error !== undefined && <Trouble error={error} />}
          </div>
          <div
            role="region"
            aria-label={t('compose.preview')}
            tabIndex={0}
            className="focus-inset sticky top-[calc(var(--ribbon,0px)+20px)] hidden max-h-[calc(100dvh-var(--ribbon,0px)-110px)] overflow-y-auto pb-6 xl:block"
          >
            <Previews draft={draft} accounts={chosen} networks={networks} current={here} report={report} onSeen={onSeen} />
          </div>
        </div>
      </div>
      <Footer
        draft={draft}
        accounts={chosen}
        report={report}
        zone={zone}
        whenOpen={whenOpen}
        onWhenOpen={setWhenOpen}
        dispatch={dispatch}
        onRefused={setRefusal}
        onSaved={(next, leave) => {
          setRefusal(null);
          if (leave) return stop();
          forgetDraft(next.key);
          dispatch({ do: 'replace', draft: next });
          setOriginal(next);
        }}
      />
      {cutting && (
        <CutDialog
          fitting={cutting}
          onClose={() => setCutting(null)}
          onDone={(one) => (setCutting(null), void fit([one], draft))}
        />
      )}
      {previewing && (
        <Dialog side title={t('compose.preview')} onClose={() => setPreviewing(false)}>
          <Previews draft={draft} accounts={chosen} networks={networks} current={here} report={report} onSeen={onSeen} />
        </Dialog>
      )}
    </div>
  );
}

// Whatever could be made to fit: the server says what it takes, and what a network does.
const files = { image: 'image/*,.heic,.heif', gif: 'image/gif', video: 'video/*', document: 'application/pdf' };
const acceptOf = (networks: Network[]) =>
  [...new Set(networks.flatMap((n) => n.media.map((m) => files[m.kind])))].join(',') || `${files.image},${files.video}`;
const maxAltOf = (networks: Network[]) => {
  const all = networks.flatMap((n) => n.media.map((m) => m.max_alt)).filter((n) => n > 0);
  return all.length ? Math.min(...all) : 0;
};
