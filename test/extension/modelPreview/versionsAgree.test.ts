import { equal } from 'node:assert/strict';
import { isSameVersion } from '../../../extension/modelPreview/versionsAgree';

describe('Versions of two places', () => {
  it('agree where one stands for the other', () => {
    for (const [one, other] of [
      ['1.2.3', '1.2.3'],
      ['3.11', '3.11.7'],
      ['1.5.*', '1.5.2'],
      ['2.1.0+cpu', '2.1.0'],
      ['1.0', '1'],
    ] as const)
      equal(isSameVersion(one, other), true, `${one} ${other}`);
  });

  it('differ otherwise', () => {
    for (const [one, other] of [
      ['1.2.3', '1.2.4'],
      ['3.1', '3.10'],
      ['1.10', '1.1'],
      ['1.9.0', '1.9.1'],
      ['1.2.3', '1.2.3.1'],
    ] as const)
      equal(isSameVersion(one, other), false, `${one} ${other}`);
  });
});
