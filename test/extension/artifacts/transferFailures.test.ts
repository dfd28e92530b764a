import { equal, ok } from 'node:assert/strict';
import { composeFailure, endsTransfer } from '../../../extension/artifacts/transferFailures';
import { TrackingError } from '../../../extension/tracking/errors';
import { UserError } from '../../../extension/ui/userError';

const forbidden = new TrackingError('forbidden', 'The server does not allow this (403).');
const missing = new TrackingError('notFound', 'There is no such artifact.');

describe('What failed of a transfer', () => {
  it('is nothing where all came', () => {
    equal(composeFailure({ done: ['a'], failures: [] }, 1, 'downloaded'), undefined);
  });

  it('is its cause where there was one file', () => {
    equal(composeFailure({ done: [], failures: [{ path: 'a', cause: missing }] }, 1, 'downloaded'), missing);
  });

  it('names the file, the cause and how many were not tried, and leads to another user', () => {
    const failure = composeFailure(
      { done: ['a'], failures: [{ path: 'b', cause: forbidden }] },
      4,
      'uploaded',
    );
    ok(failure instanceof UserError);
    equal(
      failure.message,
      '1 of 4 files could not be uploaded. b: The server does not allow this (403). 2 more were not tried.',
    );
    equal(failure.next?.command, 'mlflow.connection.signIn');
  });

  it('names three of many', () => {
    const failures = ['a', 'b', 'c', 'd', 'e'].map((path) => ({ path, cause: missing }));
    const { message } = composeFailure({ done: [], failures }, 5, 'downloaded') ?? {};
    equal(
      message,
      `5 of 5 files could not be downloaded. ${['a', 'b', 'c'].map((path) => `${path}: ${missing.message}`).join(' ')} And 2 more.`,
    );
  });

  it('ends the whole where every file would fail, and only there', () => {
    ok(endsTransfer(forbidden));
    ok(endsTransfer(new TrackingError('refused', '')));
    ok(!endsTransfer(missing));
    ok(!endsTransfer(new UserError('')));
  });
});
