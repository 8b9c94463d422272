import type { AnswerCase, RefundApi, RefundStatus } from '../ir.js';

/** One way in which the provider takes a refund on: which answer it gives, and what that says. */
export interface Acceptance {
  readonly httpStatus: number;
  /** Which of the documented shapes of that answer: 0 for the first. */
  readonly shape: number;
  /** The provider's own word; `null` where the answer itself is the status. */
  readonly raw: string | null;
  /** What the provider's documents say that it means. */
  readonly status: RefundStatus | 'unrecognized';
}

/** An acceptance with all that it takes to write its answer. */
export interface KnownAcceptance extends Acceptance {
  /** `null` where the status alone is the answer. */
  readonly answer: AnswerCase | null;
}

/** A status that no document names. */
export const UNDOCUMENTED_STATUS = 'undocumented_status';

/** Every way in which a provider takes a refund on. */
export function acceptancesOf({ create }: RefundApi): readonly KnownAcceptance[] {
  const classes = create.statuses?.value ?? [];
  return create.accepted.flatMap(({ cases, empty, status }) =>
    cases.value.flatMap((answer, shape): KnownAcceptance[] => {
      const known = { httpStatus: status === '2XX' ? 200 : Number(status), shape, answer: empty ? null : answer };
      if ('is' in answer.status) return [{ ...known, raw: null, status: answer.status.is }];
      const { path } = answer.status;
      const marked = answer.when.find((mark) => mark.path.join('/') === path.join('/'));
      if (marked !== undefined) {
        const raw = String(marked.is);
        return [{ ...known, raw, status: classes.find((one) => one.raw === raw)?.status ?? 'unrecognized' }];
      }
      const documented = classes.map(({ raw, status: meaning }) => ({ ...known, raw, status: meaning }));
      return [...documented, { ...known, raw: UNDOCUMENTED_STATUS, status: 'unrecognized' }];
    }),
  );
}

/** The provider's word for a status; the status itself where no document has one. */
export function rawStatusOf({ create }: RefundApi, status: RefundStatus | 'unrecognized'): string {
  const known = create.statuses?.value.find((one) => one.status === status);
  return known?.raw ?? (status === 'unrecognized' ? UNDOCUMENTED_STATUS : `undocumented_${status}`);
}
