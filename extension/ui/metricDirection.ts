import type { Tags } from '../tracking/model';
import type { Direction } from '../../webviews/protocol/metrics';

/** What the user says of metrics: by name, `*` standing for any text. */
export type DirectionRules = ReadonlyMap<string, Direction>;

/** Words by which a metric's name says that less of it is better. */
const lowerWords = new Set(
  (
    'loss losses error errors err rmse mse mae mape smape msle rmsle mare perplexity ppl nll bpc bpb wer cer ter ' +
    'brier logloss crossentropy entropy xent ece mce kl kld divergence fid kid lpips hinge regret cost penalty ' +
    'time duration latency seconds secs ms elapsed eta runtime overhead memory violations hamming deviance aic bic ' +
    'fpr fnr fp fn miss misses residual'
  ).split(' '),
);

/** What begins or ends so is lower too: `valloss`, `loss2`, `logloss`. */
const lowerParts = /(loss|error|perplexity|latency|duration)(\d*|es|s)$|^(loss|err)\d*$/;

/**
 * Which values of a metric are better: as the user says, else as the experiment's primary metric is tagged, else as the
 * words of its name say. An exact name wins over a pattern, and of patterns the longest.
 */
export function findDirection(
  metric: string,
  rules: DirectionRules,
  experiments: readonly Tags[],
): Direction {
  return rules.get(metric) ?? matchRules(metric, rules) ?? findTagged(metric, experiments) ?? guess(metric);
}

function matchRules(metric: string, rules: DirectionRules): Direction | undefined {
  const patterns = [...rules.keys()]
    .filter((pattern) => pattern.includes('*') && matches(metric, pattern))
    .sort((one, other) => other.length - one.length);
  return patterns[0] === undefined ? undefined : rules.get(patterns[0]);
}

/** Whether the pattern, in which `*` stands for any text, is the whole name. Each part is looked for once: no pattern takes long. */
function matches(metric: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop() ?? '';
  if (metric.length < first.length + last.length) return false;
  if (!metric.startsWith(first) || !metric.endsWith(last)) return false;
  const middle = metric.slice(first.length, metric.length - last.length);
  let from = 0;
  for (const part of rest) {
    const found = middle.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  return true;
}

/** `mlflow.experiment.primaryMetric.*`, which AutoML and users set. */
function findTagged(metric: string, experiments: readonly Tags[]): Direction | undefined {
  const tags = experiments.find((one) => one.get('mlflow.experiment.primaryMetric.name') === metric);
  const isGreater = tags?.get('mlflow.experiment.primaryMetric.greaterIsBetter')?.toLowerCase();
  if (isGreater === 'true') return 'higher';
  return isGreater === 'false' ? 'lower' : undefined;
}

function guess(metric: string): Direction {
  const words = metric
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const isLower = words.some((word) => lowerWords.has(word) || lowerParts.test(word));
  return isLower ? 'lower' : 'higher';
}
