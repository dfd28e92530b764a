import { equal } from 'node:assert/strict';
import { TransferMeter } from '../../../extension/artifacts/transferMeter';

describe('TransferMeter', () => {
  it('tells how much is done of how much, and how fast of late', () => {
    let time = 0;
    const meter = new TransferMeter(100 * 2 ** 20, () => time);
    for (let second = 1; second <= 10; second++) {
      time += 1000;
      meter.add((second > 5 ? 4 : 1) * 2 ** 20);
    }
    equal(meter.describe(), '25 MB of 100 MB · 4 MB/s');
    equal(meter.percent, 25);
  });

  it('counts what was there before as done, not as speed', () => {
    let time = 0;
    const meter = new TransferMeter(100 * 2 ** 20, () => time);
    meter.add(50 * 2 ** 20, false);
    time = 1000;
    meter.add(2 ** 20);
    equal(meter.describe(), '51 MB of 100 MB · 1 MB/s');
  });

  it('knows no share of what nobody measured', () => {
    const meter = new TransferMeter(undefined, () => 0);
    meter.add(2048);
    equal(meter.describe(), '2 KB');
    equal(meter.percent, undefined);
  });
});
