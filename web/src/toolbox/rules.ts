// The workspace's rules of planning as one form edits them: saved as a whole.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { t } from '../i18n';
import { toastDone } from '../kit/toast';
import { planningQuery, type PlanningRules } from './read';

export function useRules() {
  const queries = useQueryClient();
  const rules = useQuery(planningQuery);
  const [edited, setEdited] = useState<PlanningRules | null>(null);
  const save = useMutation({
    mutationFn: (body: PlanningRules) => ask(api.PUT('/api/v1/planning', { body })),
    onSuccess: (kept) => {
      queries.setQueryData(planningQuery.queryKey, kept);
      setEdited(null);
      toastDone(t('utm.saved'));
    },
  });
  return { rules: edited ?? rules.data, error: rules.error, changed: !!edited, edit: setEdited, save };
}
