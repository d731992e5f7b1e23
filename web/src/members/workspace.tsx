// The workspace itself: its name, and the zone that accounts without one of their own have.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PenLine } from 'lucide-react';
import { useState } from 'react';
import { api, ask, Problem, type Me } from '../api/client';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Field, TextField } from '../kit/field';
import { Trouble } from '../kit/note';
import { toastDone } from '../kit/toast';
import { isZone, ZoneInput } from '../kit/zone_input';

export function Workspace({ me }: { me: Me }) {
  const [editing, setEditing] = useState(false);
  const { name, zone, approval } = me.workspace;
  return (
    <section aria-label={t('workspace.title')} className="card mb-6 flex flex-wrap items-center gap-4 p-5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate text-base font-semibold">{name}</p>
        <p className="text-sm text-ink-2">
          {t('workspace.zone', { zone })}
          {approval && ` · ${t('approval.on')}`}
        </p>
      </div>
      <Button icon={PenLine} onClick={() => setEditing(true)}>
        {t('workspace.edit')}
      </Button>
      {editing && <Edit me={me} onClose={() => setEditing(false)} />}
    </section>
  );
}

function Edit({ me, onClose }: { me: Me; onClose: () => void }) {
  const queries = useQueryClient();
  const [form, setForm] = useState({ name: me.workspace.name, zone: me.workspace.zone, approval: me.workspace.approval });
  const save = useMutation({
    mutationFn: () => ask(api.PATCH('/api/v1/workspace', { body: form })),
    onSuccess: () => {
      toastDone(t('workspace.saved'));
      void queries.invalidateQueries();
      onClose();
    },
  });
  const problem = save.error instanceof Problem ? save.error : null;
  const wrong = (field: string) => problem?.fieldError(field);
  return (
    <Dialog
      title={t('workspace.title')}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" type="submit" form="workspace" busy={save.isPending} disabled={!isZone(form.zone)}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        id="workspace"
        className="grid gap-4.5"
        onSubmit={(e) => {
          e.preventDefault();
          if (isZone(form.zone)) save.mutate();
        }}
      >
        <TextField
          label={t('setup.workspace')}
          required
          data-first
          maxLength={100}
          error={wrong('name')}
          value={form.name}
          onChange={(e) => setForm({ ...form, name: e.target.value })}
        />
        <Field
          label={t('setup.zone')}
          hint={t('workspace.zoneHint')}
          error={isZone(form.zone) ? wrong('zone') : t('when.zoneUnknown')}
        >
          {(ids) => <ZoneInput {...ids} value={form.zone} onChange={(zone) => setForm((old) => ({ ...old, zone }))} />}
        </Field>
        <div>
          <label className="flex min-h-6 items-center gap-2.5 text-[15px] font-medium">
            <input
              type="checkbox"
              className="size-4.5 accent-(--accent)"
              aria-describedby="approval-hint"
              checked={form.approval}
              onChange={(e) => setForm({ ...form, approval: e.target.checked })}
            />
            {t('approval.setting')}
          </label>
          <p id="approval-hint" className="mt-1 text-[13px] leading-snug text-ink-3">
            {t('approval.settingHint')}
          </p>
        </div>
        {problem && !wrong('name') && !wrong('zone') && <Trouble error={problem} />}
      </form>
    </Dialog>
  );
}
