// A task: whom it is about, where it is done, the text to send, when.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, Problem } from '../api/client';
import { CampaignSelect, useCampaignsToChoose } from '../campaigns/select';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx, randomId } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Field, inputClass, Select, TextField } from '../kit/field';
import { Trouble } from '../kit/note';
import { toastDone } from '../kit/toast';
import type { Task } from './read';

const kinds = ['connect', 'message', 'other'] as const;

export function TaskForm({ task, campaign, onClose }: { task?: Task; campaign?: string; onClose: () => void }) {
  const queries = useQueryClient();
  const [key] = useState(randomId);
  const [kind, setKind] = useState<Task['kind']>(task?.kind ?? 'connect');
  const [person, setPerson] = useState(task?.person ?? '');
  const [link, setLink] = useState(task?.link ?? '');
  const [note, setNote] = useState(task?.note ?? '');
  const [local, setLocal] = useState(task?.at?.local.slice(0, 16) ?? '');
  const [belongs, setBelongs] = useState(task?.campaign ?? campaign ?? '');
  const hasCampaigns = useCampaignsToChoose(belongs).length > 0;
  const save = useMutation({
    mutationFn: (): Promise<Task> => {
      const at = local ? { local, ...(task?.at && { zone: task.at.zone }) } : null;
      const body = { kind, person, link, note, at, campaign: belongs || null };
      return task
        ? ask(api.PATCH('/api/v1/tasks/{id}', { params: { path: { id: task.id } }, body }))
        : ask(api.POST('/api/v1/tasks', { params: { header: { 'Idempotency-Key': key } }, body }));
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['tasks'] });
      toastDone(t('task.saved'));
      onClose();
    },
  });
  const problem = save.error instanceof Problem ? save.error : null;
  const told = ['person', 'link', 'note'].some((field) => problem?.fieldError(field));
  return (
    <Dialog
      title={task ? t('task.editTitle') : t('tasks.make')}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" form="task-form" busy={save.isPending}>
            {t('task.save')}
          </Button>
        </>
      }
    >
      <form
        id="task-form"
        className="grid gap-4"
        onSubmit={(e) => {
          e.preventDefault();
          save.mutate();
        }}
      >
        {save.error && !told && <Trouble error={save.error} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('task.person')}
            value={person}
            required
            maxLength={200}
            data-first
            error={problem?.fieldError('person')}
            onChange={(e) => setPerson(e.target.value)}
          />
          <Field label={t('task.kind')}>
            {(ids) => (
              <Select
                {...ids}
                value={kind}
                onChange={(e) => setKind(e.target.value as Task['kind'])}
                options={kinds.map((value) => ({ value, label: t(`task.kind.${value}`) }))}
              />
            )}
          </Field>
        </div>
        <TextField
          label={t('task.link')}
          hint={t('task.linkHint')}
          type="url"
          optional
          value={link}
          error={problem?.fieldError('link')}
          onChange={(e) => setLink(e.target.value)}
        />
        <Field label={t('task.note')} hint={t('task.noteHint')} error={problem?.fieldError('note')} optional>
          {(ids) => (
            <textarea
              {...ids}
              rows={4}
              maxLength={8000}
              value={note}
              onChange={(e) => setNote(e.target.value)}
              className={cx(inputClass, 'h-auto py-2')}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('task.at')}
            type="datetime-local"
            optional
            value={local}
            onChange={(e) => setLocal(e.target.value)}
          />
          {hasCampaigns && (
            <Field label={t('compose.campaign')} optional>
              {(ids) => <CampaignSelect {...ids} value={belongs} onChange={setBelongs} />}
            </Field>
          )}
        </div>
      </form>
    </Dialog>
  );
}
