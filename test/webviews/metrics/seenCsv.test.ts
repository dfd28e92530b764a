import { deepEqual, equal } from 'node:assert/strict';
import { fileNameOf, toSeenCsv } from '../../../webviews/metrics/seenCsv';
import { drawnLine, points } from './someLines';

describe('The points of a chart as CSV', () => {
  it('has a row for each point, with its line and what it is', () => {
    const smooth = points([0, 0.5]);
    const run = drawnLine('abc', points([0, 1], [10, 0.25]), { smooth }, { name: 'a run' });
    deepEqual(toSeenCsv('loss', { kind: 'step' }, [run]).split('\r\n'), [
      'line,name,series,Step,loss',
      'abc,a run,value,0,1',
      'abc,a run,value,10,0.25',
      'abc,a run,smoothed,0,0.5',
      '',
    ]);
  });

  it('has the mean of a group with its band', () => {
    const band = { ...points([0, 1]), high: Float64Array.from([3]) };
    const group = drawnLine('=0.1', points([0, 2]), { band }, { name: '0.1', isRun: false });
    deepEqual(toSeenCsv('loss', { kind: 'relative' }, [group]).split('\r\n').slice(1), [
      '0.1,0.1,mean,0,2',
      '0.1,0.1,low,0,1',
      '0.1,0.1,high,0,3',
      '',
    ]);
  });

  it('quotes what a cell cannot hold, and lets no name be a formula', () => {
    const rowOf = (name: string) =>
      toSeenCsv('m', { kind: 'step' }, [drawnLine('id', points([0, -1]), {}, { name })]).split('\r\nid,')[1];
    equal(rowOf('a,"b"'), '"a,""b""",value,0,-1\r\n');
    equal(rowOf('two\nlines'), '"two\nlines",value,0,-1\r\n');
    for (const sign of ['=', '+', '-', '@']) equal(rowOf(`${sign}1`), `'${sign}1,value,0,-1\r\n`);
    equal(toSeenCsv('=1+1', { kind: 'step' }, []), "line,name,series,Step,'=1+1\r\n");
  });

  it('goes to a file whose name every system takes', () => {
    equal(fileNameOf('train/loss@1: "x"'), 'train-loss-1-x');
    equal(fileNameOf('../..'), 'metric');
    equal(fileNameOf('x'.repeat(300)).length, 80);
  });
});
