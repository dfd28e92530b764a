import { equal } from 'node:assert/strict';
import { parseSignature } from '../../../extension/ui/signature';
import { writeSignature } from '../../../extension/runDiff/writeSignature';

function written(inputs: readonly object[], isSorted: boolean): string {
  const text = `flavors: {}\nsignature:\n  inputs: '${JSON.stringify(inputs)}'\n`;
  return writeSignature(parseSignature(text), isSorted);
}

const age = { type: 'double', name: 'age', required: true };
const city = { type: 'string', name: 'city', required: false };

describe('A signature as a document', () => {
  it('has a line for each column, in the model’s order', () =>
    equal(written([city, age], false), 'Inputs\n======\ncity: string, optional\nage: double\n'));

  it('is the same for the same columns in another order, if that is ignored', () => {
    equal(written([city, age], true), written([age, city], true));
    equal(written([city, age], false) === written([age, city], false), false);
  });

  it('says so where there is none', () => equal(writeSignature(undefined, true), 'No signature\n'));
});
