/** What goes to a worker. `id` names the call throughout. */
export type WorkerRequest<Task> =
  /** Do this. `aborted` becomes 1 once nobody waits any more, which the worker may look at while it computes. */
  | { readonly kind: 'call'; readonly id: number; readonly task: Task; readonly aborted: Int32Array }
  /** Send the next part. Only two are ever under way, so that the extension host takes breath between them. */
  | { readonly kind: 'next'; readonly id: number }
  /** Nobody waits for the rest any more. */
  | { readonly kind: 'forget'; readonly id: number };

/** What comes from a worker. */
export type WorkerAnswer =
  /** Some of the items, in order. */
  | { readonly kind: 'part'; readonly id: number; readonly items: readonly unknown[] }
  /** There are no more items; `rest` is whatever else the answer holds. */
  | { readonly kind: 'end'; readonly id: number; readonly rest: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }
  /** Nobody asked: something happened. */
  | { readonly kind: 'event'; readonly event: unknown };

/** An error on its way between two threads, where classes get lost. */
export interface Failure {
  /** What the error's class says about it; absent for errors that nobody expects. */
  readonly kind: string | undefined;
  readonly message: string;
  readonly stack: string | undefined;
}

/** An answer taken apart: a long listing travels in parts, the rest in one piece. */
export interface Answer {
  readonly items: readonly unknown[];
  readonly rest: unknown;
}
