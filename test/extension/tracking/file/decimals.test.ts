import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { divideByPowerOfTen, exactDigits } from '../../../../extension/tracking/file/decimals';

/** The number that the digits say, or what the text of them is parsed to where only that can tell. */
function divide(digits: string, fractionDigits: number): { value: number; isSure: boolean } {
  const tail = digits.slice(exactDigits);
  const head = Number(digits.slice(0, exactDigits));
  const value = divideByPowerOfTen(head, Number(tail), tail.length, fractionDigits);
  return { value: value ?? NaN, isSure: value !== undefined };
}

const parse = (digits: string, fractionDigits: number) => Number(`${digits}e-${fractionDigits}`);

describe('divideByPowerOfTen', () => {
  const digits = fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 17n - 1n }), fc.nat({ max: 22 }))
    .map(([number, fraction]) => [String(number), fraction] as const);

  it('rounds as parsing the text does, wherever it is sure', () => {
    fc.assert(
      fc.property(digits, ([number, fraction]) => {
        const { value, isSure } = divide(number, fraction);
        if (isSure) equal(value, parse(number, fraction));
      }),
      { numRuns: 20_000 },
    );
  });

  it('is sure of nearly every number that Python writes', () => {
    let sure = 0;
    const count = 20_000;
    for (let index = 0; index < count; index++) {
      const [, fraction = ''] = /^0\.(\d{1,20})$/.exec(String(Math.sin(index + 1) ** 2)) ?? [];
      const number = fraction.replace(/^0+/, '');
      if (number === '' || number.length > 17) sure++;
      else if (divide(number, fraction.length).isSure) sure++;
    }
    ok(sure > count * 0.999, `${sure} of ${count}`);
  });

  it('leaves what lies in the middle of two doubles to the text', () => {
    // 2^53 + 1 is exactly between two doubles.
    const { value, isSure } = divide('9007199254740993', 0);
    ok(!isSure || value === 9007199254740992);
  });

  it('leaves numbers with more than 22 digits behind the point to the text', () => {
    equal(divide('12345678901234567', 23).isSure, false);
  });
});
