import { isCancellation, TrackingError, type TrackingErrorKind } from '../tracking/errors';
import type { Editors } from '../tracking/editors';
import type { Edit, EditOutcome, FailedEdit } from './edit';

/** Failures after which there is no use in asking the same store for more. */
const final: ReadonlySet<TrackingErrorKind> = new Set<TrackingErrorKind>([
  ...(['refused', 'dns', 'tls', 'unreachable', 'proxy', 'timeout', 'unauthorized'] as const),
  ...(['redirected', 'notMlflow', 'rateLimited', 'missing', 'noAccess'] as const),
]);

export interface Steps {
  /** `index` counts from 0. */
  readonly onBegin: (edit: Edit, index: number) => void;
  readonly onFail: (edit: Edit) => void;
}

/**
 * Does the edits one after the other. One that fails does not keep the others from being done, unless the store itself is gone.
 * Never rejects.
 */
export async function applyEdits(
  editors: Partial<Editors>,
  edits: readonly Edit[],
  signal: AbortSignal,
  { onBegin, onFail }: Steps,
): Promise<EditOutcome> {
  const done: Edit[] = [];
  const failed: FailedEdit[] = [];
  for (const [index, edit] of edits.entries()) {
    if (signal.aborted) break;
    onBegin(edit, index);
    try {
      await applyTo(editors, edit, signal);
      done.push(edit);
    } catch (cause) {
      if (isCancellation(cause)) break;
      onFail(edit);
      failed.push({ edit, cause });
      if (isFinal(cause)) break;
    }
  }
  return { done, failed, left: edits.slice(done.length + failed.length) };
}

/** Whether there is no use in asking the same store for more. */
export function isFinal(cause: unknown): boolean {
  return cause instanceof TrackingError && final.has(cause.kind);
}

async function applyTo({ runs, registry }: Partial<Editors>, edit: Edit, signal: AbortSignal): Promise<void> {
  if (edit.part === 'runs' && runs) await edit.apply(runs, signal);
  if (edit.part === 'registry' && registry) await edit.apply(registry, signal);
}
