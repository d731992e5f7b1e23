// Making a campaign, changing it, copying it: the same few fields.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { api, ask, Problem } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx, randomId } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Field, inputClass, TextField } from '../kit/field';
import { Trouble } from '../kit/note';
import { toastDone } from '../kit/toast';
import type { Campaign } from './read';
import { Dot } from './state';

const colours = ['#2f6fde', '#0f8a7e', '#3f8f2f', '#b7791f', '#c2410c', '#b3261e', '#a23b8f', '#6d4bc3'];

interface Props {
  campaign?: Campaign; // none: a new one
  onClose: () => void;
}

export function CampaignForm({ campaign, onClose }: Props) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [key] = useState(randomId);
  const [name, setName] = useState(campaign?.name ?? '');
  const [notes, setNotes] = useState(campaign?.notes ?? '');
  const [colour, setColour] = useState(campaign?.colour ?? colours[0]!);
  const [from, setFrom] = useState(campaign?.from ?? '');
  const [to, setTo] = useState(campaign?.to ?? '');
  const save = useMutation({
    mutationFn: (): Promise<Campaign> => {
      const body = { name, notes, colour, from, to };
      return campaign
        ? ask(api.PATCH('/api/v1/campaigns/{id}', { params: { path: { id: campaign.id } }, body }))
        : ask(api.POST('/api/v1/campaigns', { params: { header: { 'Idempotency-Key': key } }, body }));
    },
    onSuccess: (saved) => {
      void queries.invalidateQueries({ queryKey: ['campaigns'] });
      void queries.invalidateQueries({ queryKey: ['campaign', saved.id] });
      toastDone(campaign ? t('campaign.saved') : t('campaign.made', { name: saved.name }));
      onClose();
      if (!campaign) void navigate({ to: '/campaigns/$id', params: { id: saved.id } });
    },
  });
  const problem = save.error instanceof Problem ? save.error : null;
  const told = ['name', 'from', 'to', 'colour'].some((field) => problem?.fieldError(field));
  return (
    <Dialog
      title={campaign ? t('campaign.editTitle', { name: campaign.name }) : t('campaigns.make')}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" form="campaign-form" busy={save.isPending}>
            {t('campaign.save')}
          </Button>
        </>
      }
    >
      <form
        id="campaign-form"
        className="grid gap-4"
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate();
        }}
      >
        {save.error && !told && <Trouble error={save.error} />}
        <TextField
          label={t('campaign.name')}
          value={name}
          required
          maxLength={100}
          data-first
          error={problem?.fieldError('name')}
          onChange={(e) => setName(e.target.value)}
        />
        <Field label={t('campaign.notes')} hint={t('campaign.notesHint')} optional>
          {(ids) => (
            <textarea
              {...ids}
              rows={3}
              maxLength={5000}
              value={notes}
              onChange={(e) => setNotes(e.target.value)}
              className={cx(inputClass, 'h-auto py-2')}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('campaign.first')}
            type="date"
            value={from}
            optional
            error={problem?.fieldError('from')}
            onChange={(e) => setFrom(e.target.value)}
          />
          <TextField
            label={t('campaign.last')}
            type="date"
            value={to}
            optional
            error={problem?.fieldError('to')}
            onChange={(e) => setTo(e.target.value)}
          />
        </div>
        <Colours chosen={colour} onChoose={setColour} />
      </form>
    </Dialog>
  );
}

function Colours({ chosen, onChoose }: { chosen: string; onChoose: (colour: string) => void }) {
  const group = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t('campaign.colour')}</legend>
      <div className="flex flex-wrap gap-1.5">
        {['', ...colours].map((colour) => (
          <label
            key={colour}
            className={cx(
              'grid size-9 cursor-pointer place-items-center rounded-full border has-focus-visible:outline-2 has-focus-visible:outline-accent',
              chosen === colour ? 'border-ink' : 'border-transparent',
            )}
          >
            <input
              type="radio"
              name={group}
              className="sr-only"
              aria-label={colour || t('campaign.noColour')}
              checked={chosen === colour}
              onChange={() => onChoose(colour)}
            />
            <Dot colour={colour} size={22} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function CopyForm({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [key] = useState(randomId);
  const [name, setName] = useState(campaign.name);
  const [days, setDays] = useState(7);
  const copy = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/campaigns/{id}/duplicate', {
          params: { path: { id: campaign.id }, header: { 'Idempotency-Key': key } },
          body: { name, shift_days: days },
        }),
      ),
    onSuccess: (made) => {
      void queries.invalidateQueries({ queryKey: ['campaigns'] });
      onClose();
      void navigate({ to: '/campaigns/$id', params: { id: made.id } });
    },
  });
  return (
    <Dialog
      title={t('campaign.copyTitle', { name: campaign.name })}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" form="copy-form" busy={copy.isPending}>
            {t('campaign.copy')}
          </Button>
        </>
      }
    >
      <form
        id="copy-form"
        className="grid gap-4"
        onSubmit={(e) => {
          e.preventDefault();
          copy.mutate();
        }}
      >
        <p className="text-ink-2">{t('campaign.copyText')}</p>
        {copy.error && <Trouble error={copy.error} />}
        <TextField
          label={t('campaign.copyName')}
          value={name}
          required
          maxLength={100}
          data-first
          onChange={(e) => setName(e.target.value)}
        />
        <TextField
          label={t('campaign.copyDays')}
          hint={t('campaign.copyDaysHint')}
          type="number"
          min={-3660}
          max={3660}
          value={days}
          onChange={(e) => setDays(e.target.valueAsNumber || 0)}
        />
      </form>
    </Dialog>
  );
}
