import { equal, match } from 'node:assert/strict';
import fc from 'fast-check';
import { writeRunDocument } from '../../../extension/runDiff/runDocument';
import { testSeed } from '../../support/testSeed';
import { aModel, aRun } from '../runSummary/runs';
import { aPoint } from './sources';

const write = (changes: Parameters<typeof aRun>[0], models: Parameters<typeof writeRunDocument>[2] = []) =>
  writeRunDocument(aRun(changes), 'digits', models);

describe('A run as a document', () => {
  it('has one value a line, in sections', () => {
    const text = write(
      {
        params: new Map([
          ['optimizer', "{'lr': 0.1, 'betas': (0.9, 0.999)}"],
          ['epochs', '3'],
        ]),
        metrics: new Map([
          ['loss', aPoint(0.25)],
          ['a nan', aPoint(NaN)],
        ]),
        tags: new Map([
          ['team', 'vision'],
          ['mlflow.source.git.commit', 'c0ffee'],
        ]),
      },
      [aModel()],
    );
    match(text, /^Details\n=======\nRun ID: r1\nName: first\nStatus: FINISHED\n/);
    match(text, /Git commit: c0ffee\n/);
    match(
      text,
      /\nParameters\n=+\nepochs: 3\noptimizer.betas.0: 0.9\noptimizer.betas.1: 0.999\noptimizer.lr: 0.1\n/,
    );
    match(text, /\nMetrics\n=+\na nan: NaN \(step 1\)\nloss: 0.25 \(step 1\)\n/);
    match(text, /\nTags\n=+\nteam: vision\n\n/);
    match(text, /\nModels\n=+\nclassifier: m-1\n/);
  });

  it('indents the later lines of a value', () => {
    match(
      write({ params: new Map([['prompt', 'one\r\ntwo\n\nfour']]) }),
      /\nprompt: one\n {4}two\n {4}\n {4}four\n/,
    );
  });

  it('is the same whatever the order in which a store gives the values', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.string()), { selector: ([key]) => key });
    fc.assert(
      fc.property(entries, (pairs) => {
        equal(write({ params: new Map(pairs) }), write({ params: new Map([...pairs].reverse()) }));
      }),
      { seed: testSeed, numRuns: 200 },
    );
  });
});
