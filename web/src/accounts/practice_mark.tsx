// That an account is one of practice. Where all are, the ribbon says so once, and every row need not.
import { useQuery } from '@tanstack/react-query';
import { accountsQuery } from '../api/queries';
import { SandboxMark } from '../kit/chip';

export function PracticeMark({ of, className }: { of: { sandbox: boolean } | undefined; className?: string }) {
  const all = useQuery(accountsQuery).data?.every((account) => account.sandbox);
  return of?.sandbox && !all ? <SandboxMark className={className} /> : null;
}
