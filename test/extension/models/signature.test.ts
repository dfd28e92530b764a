import assert from 'node:assert/strict';
import { parseSignature } from '../../../extension/ui/signature';

const inputs = (specs: unknown) => `signature:\n  inputs: ${JSON.stringify(JSON.stringify(specs))}\n`;
const types = (specs: unknown) => parseSignature(inputs(specs))?.inputs.map(({ type }) => type);

describe('parseSignature', () => {
  it('names nested types in words', () => {
    assert.deepEqual(
      types([
        { type: 'array', items: { type: 'array', items: { type: 'string' } } },
        { type: 'map', values: { type: 'long' } },
        { type: 'object', properties: { a: { type: 'double' }, b: { type: 'any' } } },
        { type: 'tensor', 'tensor-spec': { dtype: 'uint8', shape: [-1, 28] } },
      ]),
      ['array of array of string', 'map of long', 'object {a: double, b: any}', 'tensor uint8 (-1, 28)'],
    );
  });

  it('takes defaults that only Python calls JSON', () => {
    const text = `signature:\n  params: '[{"name": "a", "type": "double", "default": NaN}, {"name": "b", "dtype": "long", "default": [1], "shape": [-1]}]'\n`;
    assert.deepEqual(
      parseSignature(text)?.params.map(({ name, type, fallback }) => [name, type, fallback]),
      [
        ['a', 'double', 'NaN'],
        ['b', 'array of long', '[1]'],
      ],
    );
  });

  it('finds no signature where there is none', () => {
    for (const text of ['', '[]', 'flavors: {}', 'signature: null'])
      assert.equal(parseSignature(text), undefined);
  });

  it('names what cannot be read', () => {
    assert.throws(() => parseSignature('a: [b'), /MLmodel is not readable YAML/);
    assert.throws(() => parseSignature('signature: {inputs: "nope"}'), /inputs are not readable JSON/);
    assert.throws(() => parseSignature('signature: {inputs: 7}'), /inputs are not readable JSON/);
    assert.throws(() => parseSignature('signature: {inputs: "{}"}'), /inputs are not a list/);
  });

  it('ends with whatever it is given: alias bombs, depth, prototypes', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]',
      'c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]',
      'd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]',
    ].join('\n');
    assert.equal(parseSignature(bomb), undefined);
    let deep: unknown = { type: 'string' };
    for (let level = 0; level < 200; level++) deep = { type: 'array', items: deep };
    assert.match(types([deep])?.[0] ?? '', /^array of .*…$/);
    assert.deepEqual(
      types([{ type: 'object', properties: JSON.parse('{"__proto__": {"type": "long"}}') as unknown }]),
      ['object {__proto__: long}'],
    );
  });
});
