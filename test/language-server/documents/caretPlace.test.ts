import { deepEqual, equal } from 'node:assert/strict';
import { findCaretPlace } from '../../../language-server/documents/caretPlace';
import { LineIndex } from '../../../language-server/documents/textRange';

function placeAt(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = findCaretPlace(text, new LineIndex(text), offset);
  return place && { ...place, word: text.slice(place.range.start, place.range.end) };
}

/** `path key word` or `path value word`. */
function describePlace(marked: string): string | undefined {
  const place = placeAt(marked);
  return place && `${place.path.join('.')} ${place.at} ${place.word}`;
}

const project = 'name: x\nentry_points:\n  main:\n    parameters:\n      lr: float\n';

describe('where a caret stands', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['|', ' key '],
    ['na|', ' key na'],
    ['name: |', 'name value '],
    ['name: ab|c # comment', 'name value abc'],
    ['name: | # comment', 'name value '],
    ['name:|', undefined],
    ['name: x # com|ment', undefined],
    ['# com|ment', undefined],
    ['na|me: x', ' key name'],
    [`${project}|`, ' key '],
    [`${project}  |`, 'entry_points key '],
    [`${project}    |`, 'entry_points.main key '],
    [`${project}    comm|`, 'entry_points.main key comm'],
    [`${project}      |`, 'entry_points.main.parameters key '],
    [`${project}      data: pa|`, 'entry_points.main.parameters.data value pa'],
    [`${project}      data:\n        ty|`, 'entry_points.main.parameters.data key ty'],
    [`${project}      data: {|`, 'entry_points.main.parameters.data key '],
    [`${project}      data: {ty|}`, 'entry_points.main.parameters.data key ty'],
    [`${project}      data: {type: |}`, 'entry_points.main.parameters.data.type value '],
    [`${project}      data: {type: float, de|`, 'entry_points.main.parameters.data key de'],
    [`${project}      data: {\n          type: fl|`, 'entry_points.main.parameters.data.type value fl'],
    [`${project}      data: {type: float} |`, undefined],
    [`${project}    command: python |`, 'entry_points.main.command value python '],
    [`${project}    command: python a.py\n      --lr {|`, 'entry_points.main.command value --lr {'],
    [`${project}    command: >-\n      a: b\n        c|\n`, 'entry_points.main.command value c'],
    [`${project}    command: >|-`, undefined],
    ['entry_points:\n\n# remark\n  main: &a\n    |', 'entry_points.main key '],
    ['dependencies:\n- nu|', 'dependencies.- value nu'],
    ['dependencies:\n- pip:\n  - nu|', 'dependencies.-.pip.- value nu'],
    ['dependencies:\n  - a\n  - pip:\n      - |', 'dependencies.-.pip.- value '],
    ['dependencies:\n  - pip:\n    - a\n  - |', 'dependencies.- value '],
    ['dependencies: [a, b|]', 'dependencies.- value b'],
    ['docker_env:\n  environment: [[A, b|]]', 'docker_env.environment.-.- value b'],
    ['"name": |', 'name value '],
    ['a: "x # y|"', 'a value "x # y"'],
  ];
  for (const [marked, expected] of cases)
    it(JSON.stringify(marked.replace(project, '…\n')), () => equal(describePlace(marked), expected));

  it('the keys beside it are known, above and below', () => {
    deepEqual(placeAt('a: 1\n|\nb:\n  c: 2\nd: 3')?.siblings(), ['a', 'b', 'd']);
    deepEqual(placeAt('x:\n  a: 1\n  |\n\n  b: 2\ny: 3')?.siblings(), ['a', 'b']);
    deepEqual(placeAt('x: {a: 1, |, b: {c: 2}, d: 3}')?.siblings(), ['a', 'b', 'd']);
  });

  it('all of a value is known', () => {
    const marked = 'a:\n  command: x |\n    y\n    z\n  b: 1';
    const whole = placeAt(marked)?.whole;
    equal(marked.replace('|', '').slice(whole?.start, whole?.end), 'x \n    y\n    z');
  });
});
