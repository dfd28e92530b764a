import assert from 'node:assert/strict';
import { TrackingError } from '../../../extension/tracking/errors';
import {
  describeShared,
  explainShared,
  joinId,
  newFailureNode,
  newMoreNode,
  newNoteNode,
} from '../../../extension/ui/treeRow';

describe('The rows that all trees share', () => {
  it('name the cause of a failure and offer to try again', () => {
    const node = newFailureNode(undefined, new TrackingError('refused', 'Nobody\nlistens\u202e.'));
    const row = describeShared(node);
    assert.deepEqual([row.label, row.description, row.context], ['Nobody⏎listens.', 'Retry', 'failure']);
    assert.match(explainShared(node)?.text ?? '', /^Nobody\nlistens\.\n\nClick to try again\.$/);
  });

  it('call a cancellation no failure', () => {
    const node = newFailureNode(undefined, new DOMException('stopped', 'AbortError'));
    assert.equal(describeShared(node).label, 'Loading was stopped');
    assert.equal(explainShared(node), undefined);
  });

  it('offer more, and say so when it could not be had', () => {
    assert.equal(describeShared(newMoreNode(undefined, 'runs', undefined)).label, 'Load more runs…');
    const failed = describeShared(newMoreNode(undefined, 'runs', new Error('down')));
    assert.equal(failed.description, 'down');
  });

  it('remark', () => {
    assert.equal(describeShared(newNoteNode({ id: 'x' }, 'No runs')).label, 'No runs');
  });
});

describe('joinId', () => {
  it('never lets two different paths meet', () => {
    const ids = [joinId('a', 'b/c'), joinId('a', 'b', 'c'), joinId('a', 'b%2Fc'), joinId('a', 'b%252Fc')];
    assert.equal(new Set(ids).size, ids.length);
  });
});
