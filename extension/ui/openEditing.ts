import { Editing, type EditingOptions } from '../editing/editing';
import type { Report } from './report';
import { UndoOffer } from './undoOffer';
import { withCancel, type CancellableTask } from './withCancel';

/** How long something may take before it is shown that it does, in ms. */
const quickMs = 1000;

export interface WindowEditingOptions extends Omit<EditingOptions, 'showProgress' | 'undoOffer' | 'report'> {
  readonly report: Report;
}

/** The editing of this window. */
export function openEditing(options: WindowEditingOptions): Editing {
  return new Editing({
    ...options,
    showProgress: showLateProgress,
    undoOffer: new UndoOffer(options.report),
  });
}

/** As `withCancel`, but what is quick is done without a word. */
async function showLateProgress<T>(title: string, task: CancellableTask<T>): Promise<T> {
  const controller = new AbortController();
  let line = '';
  let tell: ((line: string) => void) | undefined;
  const work = task(controller.signal, (now) => {
    line = now;
    tell?.(now);
  });
  const show = () => {
    void withCancel(title, async (signal, advance) => {
      tell = advance;
      advance(line);
      signal.addEventListener('abort', () => controller.abort());
      await work.catch(() => undefined);
    });
  };
  const timer = setTimeout(show, quickMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
