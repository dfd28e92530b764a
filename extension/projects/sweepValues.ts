/** What one parameter of a sweep takes. */
export type SweepValues =
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | {
      readonly kind: 'range';
      readonly from: number;
      readonly to: number;
      /** Undefined where any number between may be drawn. */
      readonly step: number | undefined;
    }
  | {
      readonly kind: 'log';
      readonly from: number;
      readonly to: number;
      /** Undefined where any number between may be drawn. */
      readonly count: number | undefined;
    };

export type ReadValues =
  { readonly values: SweepValues } | { readonly values?: undefined; readonly problem: string };

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const rangeForm = new RegExp(
  String.raw`^\s*(${number})\s*\.\.\s*(${number})(?:\s+step\s+(${number})|\s+(log)(?:\s+(\d+))?)?\s*$`,
  'i',
);

const part = String.raw`(?:'[^']*'|"[^"]*"|[^,'"])+`;
const listPart = new RegExp(part, 'g');
const listForm = new RegExp(`^${part}(?:,${part})*$`);

/** Of one parameter. */
const mostValues = 10_000;
/** Digits of a computed number, few enough to hide how computers add. */
const digits = 12;

/**
 * Reads `1, 2, 3`, `0..1 step 0.1`, `1..10` (whole numbers), `0.0..1.0` (any number between, for random sweeps) or
 * `1e-4..1e-1 log 4`; everything else is one value as it is. What holds a comma stands in quotes.
 */
export function readSweepValues(text: string): ReadValues {
  const match = rangeForm.exec(text);
  if (!match) return readList(text);
  const [, first = '', last = '', stepText, log, count] = match;
  const [from, to] = [Number(first), Number(last)];
  if (!(from < to) || !Number.isFinite(to - from))
    return { problem: `${first}..${last} is empty: begin with the lower number.` };
  if (log !== undefined) return readLog(from, to, count);
  const isWhole = Number.isSafeInteger(from) && Number.isSafeInteger(to) && !/[.e]/i.test(first + last);
  const step = stepText === undefined ? (isWhole ? 1 : undefined) : Number(stepText);
  if (step !== undefined && !(step > 0)) return { problem: 'A step is a number above 0.' };
  if (step !== undefined && (to - from) / step >= mostValues) return { problem: tooMany };
  return { values: { kind: 'range', from, to, step } };
}

const tooMany = `One parameter can take at most ${mostValues} values.`;

function readLog(from: number, to: number, counted: string | undefined): ReadValues {
  if (from <= 0) return { problem: 'A range of powers (log) begins above 0.' };
  const count = counted === undefined ? undefined : Number(counted);
  if (count !== undefined && count < 2) return { problem: 'A range of powers (log) has at least 2 values.' };
  if (count !== undefined && count > mostValues) return { problem: tooMany };
  return { values: { kind: 'log', from, to, count } };
}

function readList(text: string): ReadValues {
  if (!/[,'"]/.test(text)) return { values: { kind: 'list', values: [text] } };
  if (!listForm.test(text))
    return { problem: 'A quote is not closed, or a value between commas is missing.' };
  const parts = text.match(listPart) ?? [];
  const values = parts.map((part) =>
    part.trim().replace(/'([^']*)'|"([^"]*)"/g, (_, a?: string, b?: string) => a ?? b ?? ''),
  );
  if (values.length > mostValues) return { problem: tooMany };
  return { values: { kind: 'list', values: [...new Set(values)] } };
}

/** How many values there are; undefined where endlessly many. */
export function countValues(values: SweepValues): number | undefined {
  if (values.kind === 'list') return values.values.length;
  if (values.kind === 'log') return values.count;
  const { from, to, step } = values;
  return step === undefined ? undefined : Math.floor((to - from) / step + 1e-9) + 1;
}

/** All values, in order; undefined where there are endlessly many. */
export function listValues(values: SweepValues): readonly string[] | undefined {
  if (values.kind === 'list') return values.values;
  const length = countValues(values);
  if (length === undefined) return undefined;
  const { kind, from, to } = values;
  const step = kind === 'range' ? (values.step ?? 0) : 0;
  return Array.from({ length }, (_, index) =>
    write(kind === 'log' ? from * (to / from) ** (index / (length - 1)) : from + index * step),
  );
}

/** One value of a range without steps; `at` is from 0 to 1. */
export function drawBetween(values: Exclude<SweepValues, { kind: 'list' }>, at: number): string {
  const { kind, from, to } = values;
  return write(kind === 'log' ? from * (to / from) ** at : from + at * (to - from), 6);
}

function write(value: number, precision = digits): string {
  return String(Number(value.toPrecision(precision)));
}

/** The text that readSweepValues reads as this one value. */
export function writeSweepValue(value: string): string {
  const { values } = readSweepValues(value);
  const isItself = values?.kind === 'list' && values.values.length === 1 && values.values[0] === value;
  return isItself ? value : `'${value.replaceAll("'", `'"'"'`)}'`;
}
