import { deepEqual, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { flavorOfLoader, flavors, flavorsWithoutModels } from '../../../language-server/knowledge/flavors';
import { modelKeys } from '../../../language-server/knowledge/mlmodelKeys';
import {
  columnTypes,
  isTensorType,
  parameterSpecTypes,
  tensorTypeFor,
  tensorTypes,
  unsizedTextType,
} from '../../../language-server/knowledge/signatureTypes';
import { projectRoot } from '../../support/cache';
import { ensureMlflow } from '../../support/tools';

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ?'.match(/./g) ?? [];
const words =
  'int float complex long uint str_ bytes_ bool_ object_ int_ float_ unicode string void datetime64 datetime64[25s] ' +
  'datetime64[generic] timedelta64[us] M8[ns] <M8[ns] >i8 =f4 |b1 |O <U0 <U5 S3 float128 longdouble bfloat16 Float32 ' +
  'category int0 decimal i4,f4 number datetime i16 b2 ?1 V8 c double half';
const tensors = [
  ...tensorTypes,
  ...words.split(' '),
  ...letters.flatMap((letter) => ['', '1', '2', '4', '8', '16'].map((size) => letter + size)),
  '',
  ' float32',
  'datetime64[ns, UTC]',
  'datetime64[x]',
];
const columns = [...columnTypes.map(({ name }) => name), 'int', 'str', 'int64', 'Long', 'tensor2', ''];

interface Answer {
  readonly tensors: readonly boolean[];
  readonly columns: readonly boolean[];
  readonly params: readonly boolean[];
  readonly modules: readonly boolean[];
}

describe('What is known of models is what MLflow has', () => {
  const known = [...flavors].filter(([, { isLegacy, module }]) => !isLegacy && module !== undefined);
  const modules = [
    ...known.flatMap(([, { module = '', loaderModules = [] }]) => [module, ...loaderModules]),
    ...[...flavorsWithoutModels].map((name) => `mlflow.${name}`),
  ].filter((name) => name.startsWith('mlflow.'));
  let answer: Answer;

  before(async () => {
    const { python } = await ensureMlflow('newest');
    const script = join(projectRoot(), 'test/language-server/knowledge/askModelTypes.py');
    const input = JSON.stringify({ tensors, columns, params: columns, modules });
    answer = JSON.parse(execFileSync(python, [script], { input, encoding: 'utf8' })) as Answer;
  });

  it('element types of tensors', () => {
    const wrong = tensors.filter(
      (word, index) => (isTensorType(word) && unsizedTextType(word) === undefined) !== answer.tensors[index],
    );
    deepEqual(wrong, []);
    ok(tensors.every((word) => isTensorType(tensorTypeFor(word) ?? 'float32')));
  });

  it('types of columns and parameters', () => {
    const taken = (answers: readonly boolean[]) => columns.filter((_, index) => answers[index]);
    deepEqual(
      taken(answer.columns),
      columnTypes.map(({ name }) => name),
    );
    deepEqual(
      taken(answer.params),
      parameterSpecTypes.map(({ name }) => name),
    );
  });

  it('modules that load models', () => {
    deepEqual(
      modules.filter((_, index) => !answer.modules[index]),
      [],
    );
  });

  it('no key twice, and every loader leads to its flavor', () => {
    const all = [modelKeys, ...[...flavors.values()].map(({ keys }) => keys)];
    for (const keys of all) deepEqual(new Set(keys.map(({ name }) => name)).size, keys.length);
    for (const [name, { loaderModules = [] }] of known)
      deepEqual(flavorOfLoader(loaderModules[0] ?? ''), name);
  });
});
