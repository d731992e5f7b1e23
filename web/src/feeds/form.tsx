import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '#contract';
import { api, ask, Problem } from '../api/client';
import { accountsQuery } from '../api/queries';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { cx } from '../kit/cx';
import { Dialog } from '../kit/dialog';
import { Field, inputClass, Select, TextField } from '../kit/field';
import { Note, Trouble } from '../kit/note';
import { toastDone } from '../kit/toast';
import { Whom } from '../networks/whom';
import type { Feed } from './feeds';
import { paceText } from './pace';

type Order = components['schemas']['FeedCreate'];
const words = '{{title}}, {{link}}, {{summary}}, {{feed}}';
const paces = [15, 30, 60, 180, 720, 1440];

// Following a feed, or changing how: what it would give is shown before anything is kept.
export function FeedDialog({ feed, onClose }: { feed?: Feed; onClose: () => void }) {
  const queries = useQueryClient();
  const accounts = useQuery(accountsQuery).data ?? [];
  const [order, setOrder] = useState<Order>({
    address: feed?.address ?? '',
    template: feed?.template ?? '{{title}}\n\n{{link}}',
    accounts: feed?.accounts ?? [],
    becomes: feed?.becomes ?? 'draft',
    every_minutes: feed?.every_minutes ?? 60,
    newest: feed?.newest ?? 0,
  });
  const set = (more: Partial<Order>) => setOrder({ ...order, ...more });
  const save = useMutation({
    mutationFn: () =>
      feed
        ? ask(api.PATCH('/api/v1/feeds/{id}', { params: { path: { id: feed.id } }, body: order }))
        : ask(api.POST('/api/v1/feeds', { body: order })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['feeds'] });
      toastDone(t('feeds.saved'));
      onClose();
    },
  });
  const look = useMutation({ mutationFn: () => ask(api.POST('/api/v1/feeds/look', { body: order })) });
  const wrong = (field: string) => (save.error instanceof Problem ? save.error.fieldError(field) : undefined);
  const elsewhere = save.error && !['address', 'template', 'accounts'].some(wrong);
  return (
    <Dialog
      wide
      title={t(feed ? 'feeds.editTitle' : 'feeds.add')}
      onClose={onClose}
      footer={
        <>
          <Button look="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button look="primary" busy={save.isPending} disabled={!order.address.trim()} onClick={() => save.mutate()}>
            {t(feed ? 'feeds.save' : 'feeds.follow')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <div className="grid gap-2 sm:grid-cols-[1fr_auto] sm:items-end">
          <TextField
            label={t('feeds.address')}
            type="url"
            data-first
            value={order.address}
            error={wrong('address')}
            placeholder={t('feeds.example')}
            onChange={(e) => set({ address: e.target.value })}
          />
          <Button busy={look.isPending} disabled={!order.address.trim()} onClick={() => look.mutate()} className="h-10.5">
            {t('feeds.look')}
          </Button>
        </div>
        {look.error && <Trouble error={look.error} />}
        {look.data && (
          <Note tone="ok" title={look.data.title || order.address} role="status">
            <ul className="mt-1 grid gap-1.5">
              {look.data.items.slice(0, 3).map((item, i) => (
                <li key={i} className="line-clamp-3 border-l-2 border-line-strong pl-2.5 whitespace-pre-line">
                  {item.text}
                </li>
              ))}
              {look.data.items.length === 0 && <li>{t('feeds.noItems')}</li>}
            </ul>
          </Note>
        )}
        <Whom
          label={t('feeds.accounts')}
          accounts={accounts}
          chosen={order.accounts ?? []}
          onChange={(ids) => set({ accounts: ids })}
          error={wrong('accounts')}
        />
        <Field label={t('feeds.template')} hint={t('feeds.templateHint', { words })} error={wrong('template')}>
          {(ids) => (
            <textarea
              {...ids}
              rows={4}
              value={order.template}
              onChange={(e) => set({ template: e.target.value })}
              className={cx(inputClass, 'h-auto py-2 font-mono text-sm')}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t('feeds.becomes')}>
            {(ids) => (
              <Select
                {...ids}
                value={order.becomes}
                onChange={(e) => set({ becomes: e.target.value as Order['becomes'] })}
                options={(['draft', 'queued'] as const).map((value) => ({ value, label: t(`feeds.becomes.${value}`) }))}
              />
            )}
          </Field>
          <Field label={t('feeds.pace')}>
            {(ids) => (
              <Select
                {...ids}
                value={String(order.every_minutes)}
                onChange={(e) => set({ every_minutes: Number(e.target.value) })}
                options={[...new Set([...paces, order.every_minutes ?? 60])]
                  .sort((a, b) => a - b)
                  .map((n) => ({ value: String(n), label: paceText(n) }))}
              />
            )}
          </Field>
          {!feed?.fetched && (
            <Field label={t('feeds.newest')}>
              {(ids) => (
                <Select
                  {...ids}
                  value={String(order.newest)}
                  onChange={(e) => set({ newest: Number(e.target.value) })}
                  options={[0, 1, 3, 5, 10, 20].map((n) => ({ value: String(n), label: t('feeds.newestOf', { n }) }))}
                />
              )}
            </Field>
          )}
        </div>
        {elsewhere && <Trouble error={save.error} />}
      </div>
    </Dialog>
  );
}
