import { deepEqual, equal, throws } from 'node:assert/strict';
import { composeModelFilter } from '../../../../extension/tracking/filter/composeFilter';
import { FilterError } from '../../../../extension/tracking/filter/filterError';
import { compileModelFilter } from '../../../../extension/tracking/filter/matchModel';
import { parseModelFilter } from '../../../../extension/tracking/filter/parseModelFilter';

const models = [
  { name: 'churn', tags: new Map([['team', 'growth']]) },
  {
    name: 'Churn-2',
    tags: new Map([
      ['team', 'Risk'],
      ['a b', 'x'],
    ]),
  },
  { name: 'price', tags: new Map<string, string>() },
];

function find(filter: string): readonly string[] {
  return models.filter(compileModelFilter(parseModelFilter(filter))).map(({ name }) => name);
}

describe('A search for registered models', () => {
  const found: Readonly<Record<string, readonly string[]>> = {
    '': ['churn', 'Churn-2', 'price'],
    ' ': ['churn', 'Churn-2', 'price'],
    "name = 'churn'": ['churn'],
    "name != 'churn'": ['Churn-2', 'price'],
    'attribute.name LIKE "churn%"': ['churn'],
    "name ilike '%CHURN%'": ['churn', 'Churn-2'],
    "name IN ('churn', 'price')": ['churn', 'price'],
    "name NOT IN ('churn')": ['Churn-2', 'price'],
    "tags.team = 'growth'": ['churn'],
    "tag.team != 'growth'": ['Churn-2'],
    "tags.`a b` = 'x'": ['Churn-2'],
    "tags.team ILIKE 'r%' AND name LIKE 'C%'": ['Churn-2'],
  };
  for (const [filter, names] of Object.entries(found))
    it(`finds ${names.length} of 3 by ${filter || 'nothing'}`, () => deepEqual(find(filter), names));

  for (const filter of [
    'name',
    'name = churn',
    "name > 'a'",
    "attributes.name = 'a'",
    "version = '1'",
    "metrics.a = '1'",
    "tags.team IN ('a')",
    'tags.team IS NULL',
    "name = 'a' OR name = 'b'",
    "name = 'a",
  ])
    it(`refuses ${JSON.stringify(filter)}`, () => throws(() => parseModelFilter(filter), FilterError));

  it('takes plain text for a part of the name', () => {
    equal(composeModelFilter(' churn '), "name ILIKE '%churn%'");
    equal(composeModelFilter("tags.team = 'a' "), "tags.team = 'a'");
    equal(composeModelFilter('  '), '');
  });
});
