// The one door to the server: typed calls made from its description, refusals as Problem.
import createClient from 'openapi-fetch';
import type { components, paths } from '#contract';

type Schemas = components['schemas'];
export type Me = Schemas['Me'];
export type Account = Schemas['Account'];
export type Network = Schemas['Network'];
export type NetworkOption = Schemas['Option'];
export type Post = Schemas['Post'];
export type PostState = Schemas['PostState'];
export type TargetView = Schemas['TargetView'];
export type Content = Schemas['Content'];
export type Delivery = Schemas['Delivery'];
export type DeliveryState = Schemas['DeliveryState'];
export type Attempt = Schemas['Attempt'];
export type Fault = Schemas['Fault'];
export type Finding = Schemas['Finding'];
export type CheckReport = Schemas['CheckReport'];
export type MediaFile = Schemas['MediaFile'];
export type Notice = Schemas['Notice'];
export type System = Schemas['System'];
export type When = Schemas['When'];
export type WhenResolved = Schemas['WhenResolved'];
export type PostCreate = Schemas['PostCreate'];
export type PostCheck = Schemas['PostCheck'];
export type CalendarEntry = Schemas['CalendarEntry'];
export type SandboxState = Schemas['SandboxState'];
export type LatePolicy = Schemas['LatePolicy'];
export type QueueOfAccount = Schemas['QueueOfAccount'];
export type QueueEntry = Schemas['QueueEntry'];
export type QueueItem = Schemas['QueueItem'];
export type Slots = Schemas['Slots'];
export type ImportOrder = Schemas['ImportRequest'];
export type ImportResult = Schemas['ImportResult'];
export type ImportRow = Schemas['ImportRow'];
export type RowState = ImportRow['state'];
export type RowTrouble = Schemas['RowTrouble'];
export type SlotDay = Schemas['SlotDay'];
export type ConnectOutcome = Schemas['ConnectOutcome'];
export type ProblemBody = Schemas['Problem'];

export const api = createClient<paths>({
  credentials: 'same-origin',
  querySerializer: { array: { style: 'form', explode: false } }, // as the description says: a,b
});

// A refusal by the server, or no answer at all (status 0). Its words are the server's.
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly body: Partial<ProblemBody>,
  ) {
    super(body.detail ?? body.title ?? `HTTP ${status}`);
  }
  // Refused for certain: nothing was done, and asking the same again gives the same.
  get refused() {
    return this.status >= 400 && this.status < 500;
  }
  fieldError(field: string): string | undefined {
    const found = this.body.errors?.find((e) => e.field === field);
    if (found) return [found.detail, found.remedy].filter(Boolean).join(' ');
    if (this.body.field === field) return [this.body.detail, this.body.remedy].filter(Boolean).join(' ');
    return undefined;
  }
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

// The data of an answer; a Problem is thrown otherwise. A lost session is told to whoever listens.
export async function ask<T>(answer: Promise<Answer<T>>): Promise<T> {
  let given: Answer<T>;
  try {
    given = await answer;
  } catch {
    throw new Problem(0, {});
  }
  const { data, error, response } = given;
  if (response.ok) return data as T;
  if (response.status === 401) onSignedOut.forEach((listener) => listener());
  const body = error && typeof error === 'object' ? (error as Partial<ProblemBody>) : {};
  throw new Problem(response.status, body);
}

const onSignedOut = new Set<() => void>();
export function whenSignedOut(listener: () => void): () => void {
  onSignedOut.add(listener);
  return () => onSignedOut.delete(listener);
}
