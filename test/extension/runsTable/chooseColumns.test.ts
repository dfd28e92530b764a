import { deepEqual, equal } from 'node:assert/strict';
import { chooseColumns, listColumns } from '../../../extension/runsTable/chooseColumns';
import { readColumnId } from '../../../extension/runsTable/columnIds';
import { RunColumns } from '../../../extension/runsTable/runColumns';
import { columnIdOf, plainArrangement, type Arrangement } from '../../../webviews/protocol/arrangement';
import { run } from '../catalog/fixtures';

const point = (value: number) => ({ value, step: 0, timestamp: 0 });

describe('The columns of a table', () => {
  const columns = new RunColumns((id) => id);
  for (const id of ['a', 'b']) {
    columns.put(
      run(id, {
        metrics: new Map([
          ['layer10', point(id === 'a' ? 1 : 4)],
          ['layer2', point(3)],
        ]),
        params: new Map([
          ['lr', id === 'a' ? '0.1' : '1e-05'],
          ['same', 'x'],
          ...(id === 'a' ? [['only', 'a'] as const] : []),
        ]),
        tags: { team: 'x' },
        endedAt: undefined,
      }),
    );
  }
  const source = {
    columns,
    statistics: { column: () => undefined },
    directionOf: () => 'lower' as const,
    experimentCount: 1,
  };
  const show = (arrangement: Partial<Arrangement>) =>
    chooseColumns(listColumns(source), { ...plainArrangement, ...arrangement }, source).map(({ id }) => id);

  const plain = [
    'attributes.start_time',
    'metrics.layer2',
    'metrics.layer10',
    'params.lr',
    'params.only',
    'params.same',
  ];

  it('are by themselves what tells runs apart, in the order of names', () => {
    deepEqual(show({}), plain);
    equal(show({ onlyWithValues: false })[1], 'attributes.duration');
  });

  it('are those that differ, where that is asked for', () => {
    deepEqual(show({ onlyDiffering: true }), ['metrics.layer10', 'params.lr', 'params.only']);
  });

  it('are added, taken away and put in order as the user says', () => {
    const arrangement = {
      hidden: ['params.same', 'params.only'],
      added: ['best metrics.layer2', 'trend metrics.layer2', 'tags.team', 'nonsense', 'metrics.unknown'],
      order: ['tags.team', 'metrics.layer10'],
      pinnedColumns: ['params.lr'],
    };
    deepEqual(show(arrangement), [
      'params.lr',
      'tags.team',
      'metrics.layer10',
      'attributes.start_time',
      'metrics.layer2',
      'best metrics.layer2',
      'trend metrics.layer2',
    ]);
  });

  it('say what they hold', () => {
    const known = new Map(listColumns(source).map((column) => [column.id, column]));
    deepEqual(known.get('params.lr'), {
      id: 'params.lr',
      kind: 'params',
      key: 'lr',
      format: 'number',
      valueCount: 2,
      differs: true,
      range: { min: 1e-5, max: 0.1 },
      sortsHere: true,
      isGroupable: true,
    });
    deepEqual(known.get('metrics.layer2')?.sortsHere, false);
    deepEqual(known.get('params.only')?.differs, true);
  });

  it('have ids that are understood again, whatever the key', () => {
    for (const key of ['a.b', 'min metrics.x', '', 'a\nb', 'ü"`\'']) {
      deepEqual(readColumnId(columnIdOf('params', key)), { kind: 'params', key, statistic: 'last' });
      deepEqual(readColumnId(columnIdOf('metrics', key, 'best')), {
        kind: 'metrics',
        key,
        statistic: 'best',
      });
    }
    equal(readColumnId('best params.x'), undefined);
  });
});
