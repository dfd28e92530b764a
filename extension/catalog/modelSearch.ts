/** Which registered models are listed, as somebody chose it. JSON, since it is remembered. */
export interface ModelSearch {
  /** What was typed: a filter in MLflow's grammar, or a part of a name. */
  readonly text: string;
  /** The same in MLflow's grammar (reference/REST.md §10). */
  readonly filter: string;
}
