import { equal } from 'node:assert/strict';
import { findDirection } from '../../../extension/ui/metricDirection';
import type { Direction } from '../../../webviews/protocol/metrics';

const guess = (metric: string) => findDirection(metric, new Map(), []);

describe('findDirection', () => {
  for (const metric of 'loss val_loss train/loss valLoss eval_loss_2 test-RMSE mean_squared_error word_error_rate wer perplexity train.nll brier_score log_loss logloss epoch_time latency_ms training/duration MAPE regret'.split(
    ' ',
  )) {
    it(`takes less of ${metric} for better`, () => {
      equal(guess(metric), 'lower');
    });
  }

  for (const metric of 'accuracy val_acc f1 roc_auc precision r2_score bleu tokens_per_second reward blossom terrain map mIoU throughput'.split(
    ' ',
  )) {
    it(`takes more of ${metric} for better`, () => {
      equal(guess(metric), 'higher');
    });
  }

  it('obeys the user first, an exact name before a pattern and a long pattern before a short one', () => {
    const rules = new Map<string, Direction>([
      ['*', 'lower'],
      ['val*', 'higher'],
      ['val_loss', 'lower'],
    ]);
    equal(findDirection('val_loss', rules, []), 'lower');
    equal(findDirection('val_rmse', rules, []), 'higher');
    equal(findDirection('accuracy', rules, []), 'lower');
    equal(findDirection('a.c', new Map([['a*b*c', 'lower']]), []), 'higher');
    equal(findDirection('axbxc', new Map([['a*b*c', 'lower']]), []), 'lower');
  });

  it('obeys what the experiment says of its primary metric', () => {
    const tags = (greaterIsBetter: string) =>
      new Map([
        ['mlflow.experiment.primaryMetric.name', 'val_loss'],
        ['mlflow.experiment.primaryMetric.greaterIsBetter', greaterIsBetter],
      ]);
    equal(findDirection('val_loss', new Map(), [tags('True')]), 'higher');
    equal(findDirection('val_loss', new Map(), [new Map(), tags('False')]), 'lower');
    equal(findDirection('other', new Map(), [tags('False')]), 'higher');
  });
});
