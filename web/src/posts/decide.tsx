// Two questions only a person can answer: did this go out, and shall it still go?
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleHelp, ClockAlert, ExternalLink } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { api, ask, type Attempt, type Delivery, type Post } from '../api/client';
import { deliveryQuery, networksQuery, systemQuery } from '../api/queries';
import { t, tx } from '../i18n';
import { Button } from '../kit/button';
import { Confirm } from '../kit/dialog';
import { TextField } from '../kit/field';
import { At, Ago, Countdown } from '../kit/time';
import { toastDone, toastError } from '../kit/toast';
import { saidBy } from './said';

function useReread(delivery: Delivery) {
  const queries = useQueryClient();
  return () => {
    for (const queryKey of [['delivery', delivery.id], ['post', delivery.post], ['posts'], ['system']])
      void queries.invalidateQueries({ queryKey });
  };
}

export function DecideUncertain({ post, delivery, network }: { post: Post; delivery: Delivery; network: string }) {
  const traits = useQuery(networksQuery).data?.find((n) => n.network === network);
  const record = useQuery(deliveryQuery(delivery.id)).data;
  const reread = useReread(delivery);
  const [dialog, setDialog] = useState<'there' | 'absent' | null>(null);
  const [url, setUrl] = useState('');
  const verdict = useMutation({
    mutationFn: (body: { there: boolean | 'ask'; url?: string }) =>
      ask(api.POST('/api/v1/deliveries/{id}/verdict', { params: { path: { id: delivery.id } }, body })),
    onSuccess: (_, { there }) => {
      setDialog(null);
      toastDone(t(there === 'ask' ? 'uncertain.asking' : there ? 'uncertain.marked' : 'uncertain.again'));
    },
    onError: (error) => {
      setDialog(null);
      toastError(error);
    },
    onSettled: reread,
  });
  const label = traits?.label ?? network;
  return (
    <div className="mx-4 mb-4 rounded-lg bg-warn-soft px-4 py-4 sm:mx-5" data-testid="uncertain">
      <p className="flex items-center gap-2.5 text-[15px] font-semibold">
        <CircleHelp size={19} aria-hidden className="text-warn" />
        {t('uncertain.title')}
      </p>
      <p className="mt-1.5 text-sm text-ink-2">{t('uncertain.lost', { network: label })}</p>
      <Known post={post} delivery={delivery} attempts={record?.attempts ?? []} canAsk={traits?.can_look_up ?? true} />
      <div className="mt-3.5 flex flex-wrap gap-2">
        <Button size="sm" onClick={() => setDialog('there')}>
          {t('uncertain.isThere')}
        </Button>
        <Button size="sm" onClick={() => setDialog('absent')}>
          {t('uncertain.isNotThere')}
        </Button>
        {traits?.can_look_up !== false && (
          <Button
            size="sm"
            look="plain"
            busy={verdict.isPending && verdict.variables.there === 'ask'}
            onClick={() => verdict.mutate({ there: 'ask' })}
          >
            {t('uncertain.ask')}
          </Button>
        )}
      </div>
      {dialog === 'there' && (
        <Confirm
          title={t('uncertain.isThere')}
          action={t('uncertain.markOut')}
          busy={verdict.isPending}
          onClose={() => setDialog(null)}
          onConfirm={() => verdict.mutate({ there: true, ...(url && { url }) })}
        >
          <p className="mb-4">{t('uncertain.thereText', { network: label })}</p>
          <TextField
            label={t('uncertain.url')}
            optional
            type="url"
            placeholder="https://"
            value={url}
            onChange={(e) => setUrl(e.target.value)}
          />
        </Confirm>
      )}
      {dialog === 'absent' && (
        <Confirm
          title={t('uncertain.isNotThere')}
          action={t('uncertain.sendAgain')}
          busy={verdict.isPending}
          onClose={() => setDialog(null)}
          onConfirm={() => verdict.mutate({ there: false })}
        >
          {t('uncertain.absentText', { network: label })}
        </Confirm>
      )}
    </div>
  );
}

// What is known: the text, when it left, what the network said when it was asked, and where to look.
function Known({
  post,
  delivery,
  attempts,
  canAsk,
}: {
  post: Post;
  delivery: Delivery;
  attempts: Attempt[];
  canAsk: boolean;
}) {
  const sandbox = useQuery(systemQuery).data?.sandbox_url;
  const own = saidBy(post, post.targets.find((target) => target.account === delivery.account));
  const sent = attempts.findLast((a) => a.publishes);
  const asked = attempts.filter((a) => !a.publishes && (a.outcome === 'read' || a.outcome === 'unknown'));
  const last = asked.at(-1);
  const place = delivery.url || (delivery.sandbox && sandbox ? `${sandbox}${delivery.network}/feed` : '');
  return (
    <>
      <dl className="mt-3 grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[auto_1fr]">
        <Fact name={t('unsure.sent')}>
          <span className="line-clamp-3 whitespace-pre-line">{own.parts[delivery.part]?.text || t('posts.noText')}</span>
        </Fact>
        {sent && (
          <Fact name={t('unsure.when')}>
            <At at={sent.opened} />
          </Fact>
        )}
        <Fact name={t('unsure.asks')}>
          {!canAsk
            ? t('unsure.cannot')
            : last
              ? tx('unsure.askedLast', {
                  n: asked.length,
                  time: <At at={last.opened} />,
                  found: t(last.outcome === 'read' ? 'unsure.seen' : 'unsure.unseen'),
                })
              : t('unsure.never')}
        </Fact>
        {canAsk && delivery.due && (
          <Fact name={t('unsure.again')}>
            <Countdown to={delivery.due} />
          </Fact>
        )}
      </dl>
      {place && (
        <a
          href={place}
          target="_blank"
          rel="noreferrer"
          className="mt-2.5 inline-flex items-center gap-1.5 text-sm font-medium text-accent underline underline-offset-3"
        >
          {t('unsure.look')}
          <ExternalLink size={14} aria-hidden />
        </a>
      )}
      <p className="mt-2 text-[13px] text-ink-2">{t('unsure.nothing')}</p>
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{name}</dt>
    <dd className="nums mb-1 min-w-0 sm:mb-0">{children}</dd>
  </>
);

export function DecideLate({ delivery }: { delivery: Delivery }) {
  const reread = useReread(delivery);
  const decide = useMutation({
    mutationFn: (then: 'send' | 'drop') =>
      ask(api.POST('/api/v1/deliveries/{id}/send-late', { params: { path: { id: delivery.id } }, body: { then } })),
    onSuccess: (_, then) => toastDone(t(then === 'send' ? 'late.sending' : 'late.dropped')),
    onError: toastError,
    onSettled: reread,
  });
  return (
    <div className="mx-4 mb-4 rounded-lg bg-warn-soft px-4 py-4 sm:mx-5" data-testid="late">
      <p className="flex items-center gap-2.5 text-[15px] font-semibold">
        <ClockAlert size={19} aria-hidden className="text-warn" />
        {t('late.title')}
      </p>
      <p className="mt-1.5 text-sm text-ink-2">
        {tx('late.text', { time: <At at={delivery.planned} />, ago: <Ago at={delivery.planned} /> })}
      </p>
      <div className="mt-3.5 flex flex-wrap gap-2">
        <Button
          size="sm"
          look="primary"
          busy={decide.isPending && decide.variables === 'send'}
          onClick={() => decide.mutate('send')}
        >
          {t('late.send')}
        </Button>
        <Button size="sm" busy={decide.isPending && decide.variables === 'drop'} onClick={() => decide.mutate('drop')}>
          {t('late.drop')}
        </Button>
      </div>
    </div>
  );
}
