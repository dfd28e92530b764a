/** A model's input example as MLflow saved it (reference/MLMODEL.md §3). */
export interface SavedExample {
  /** `serving`: a request's body already. `saved`: what the model was given, which MLflow before 2.13 kept alone. */
  readonly kind: 'serving' | 'saved';
  readonly text: string;
  /** `saved_input_example_info`: `type`, `params`, `pandas_orient`. */
  readonly info: Readonly<Record<string, unknown>>;
}

/** A request's body that holds the example; undefined if the example is no JSON. */
export function composeFromExample({ kind, text, info }: SavedExample): string | undefined {
  if (kind === 'serving') return text;
  try {
    return JSON.stringify(convert(JSON.parse(text), info), undefined, 2);
  } catch {
    return undefined;
  }
}

function convert(example: unknown, info: SavedExample['info']): unknown {
  if (info['params'] === 'true' && isRecord(example) && 'inputs' in example) {
    const { inputs, params } = example;
    return { ...toBody(inputs, info), params };
  }
  return toBody(example, info);
}

function toBody(inputs: unknown, info: SavedExample['info']): Record<string, unknown> {
  if (info['type'] === 'dataframe' && isRecord(inputs) && 'data' in inputs)
    return { dataframe_split: inputs };
  if (isRecord(inputs) && ('inputs' in inputs || 'instances' in inputs)) return inputs;
  return { inputs };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
