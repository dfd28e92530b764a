import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { type JsonDocument, type JsonNode, parseJson } from '../../../language-server/documents/json';
import { originOf, reparseJson } from '../../../language-server/documents/keptJson';
import { modelWords, randomNumbers } from '../../agree/mutateText';
import { testSeed } from '../../support/testSeed';

const columns = Array.from({ length: 9 }, (_, index) => `{"type": "double", "name": "column ${index}"}`);
const listed = `[${columns.join(', ')}]`;

/** JSON is strings, brackets and what ends them: edits of a signature's words alone would seldom leave it whole. */
const typed = [
  ...modelWords,
  '{}',
  '1,',
  '"\\u0041"',
  '\\',
  '"x": 1, ',
  `${columns[0] ?? ''},`,
  ' ',
  '\n',
  '[]',
  '12',
];
const starts = [
  listed,
  '[{}, {"a": [{"b": {}}]}, 1, 12, [{}], "x", {}]',
  '{"a": [{}, {}]}',
  '[[{}, {}], {}]',
  '',
];

describe('JSON while it is edited', () => {
  it(`is that of a fresh text (seed ${testSeed})`, () => {
    const random = randomNumbers(testSeed);
    for (let round = 0; round < 300; round++) {
      let text = starts[round % starts.length] ?? '';
      let document = parseJson(text);
      for (let edit = 0; edit < 20; edit++) {
        const at = random(text.length + 1);
        const gone = random(2) === 0 ? random(random(4) === 0 ? 60 : 4) : 0;
        text = text.slice(0, at) + (typed[random(typed.length)] ?? '') + text.slice(at + gone);
        document = reparseJson(text, document);
        deepEqual(writtenOut(document), writtenOut(parseJson(text)), JSON.stringify(text));
      }
    }
  });

  it('keeps what the edit left as it was', () => {
    const before = parseJson(listed);
    const after = reparseJson(listed.replace('column 4', 'the fifth'), before);
    const again = reparseJson(after.text.replace('column 0', 'first'), after);
    equal(itemOf(after, 3), itemOf(before, 3));
    notEqual(itemOf(after, 4), itemOf(before, 4));
    equal(originOf(itemOf(after, 5)).origin, itemOf(before, 5));
    equal(originOf(itemOf(again, 5)).origin, itemOf(before, 5));
    equal(originOf(itemOf(again, 4)).origin, itemOf(after, 4));
  });

  it('is read again behind a mistake once that is mended', () => {
    const broken = reparseJson(listed.replace('"column 4"', '"column 4'), parseJson(listed));
    deepEqual(writtenOut(reparseJson(listed, broken)), writtenOut(parseJson(listed)));
  });
});

function itemOf({ root }: JsonDocument, index: number): JsonNode {
  const item = root?.kind === 'array' ? root.items[index] : undefined;
  if (!item) throw new Error(`There is no item ${index}.`);
  return item;
}

/** With what objects that were moved make only when they are asked for it. */
function writtenOut(value: JsonDocument): unknown {
  return { ...value, root: value.root && plain(value.root) };
}

function plain(node: JsonNode): unknown {
  if (node.kind === 'array') return { ...node, items: node.items.map(plain) };
  if (node.kind !== 'object') return node;
  const members = node.members.map((member) => ({ ...member, value: plain(member.value) }));
  return { kind: node.kind, range: node.range, members };
}
