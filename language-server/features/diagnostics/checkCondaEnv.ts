import type { CondaDependency, CondaEnvModel } from '../../documents/condaEnv';
import { itemsOf } from '../../documents/pythonEnv';
import { pythonString } from '../../documents/yamlRead';
import type { Field, ScalarNode, ValueNode, YamlDocument } from '../../documents/yamlTree';
import { findKey } from '../../knowledge/keys';
import { pythonType, typeWords } from '../../knowledge/pythonTypes';
import { checkDuplicates, checkKeys, checkShape, valueRange } from './checkKeys';
import { checkRequirements } from './checkRequirements';
import type { Fault } from './fault';

/** What MLflow itself reads of conda's lines; all others it drops. */
const readable = /^(python|pip|setuptools|wheel)(<=|>=|==|!=|<|>|=)?([\d.]+)?$/;
const elsewhere = 'With `--env-manager virtualenv` or `uv`';

/** All that a conda.yaml has wrong with it, for conda and for MLflow, which reads it itself where conda is not to. */
export function checkCondaEnv(model: CondaEnvModel): readonly Fault[] {
  const { yaml, root, fields, dependenciesField, dependencies } = model;
  if (!root || root.kind === 'null') return [emptyFile(root?.range)];
  const type = pythonType(root);
  if (type !== 'dict') {
    const message = `A conda.yaml is a mapping of keys to values, but this is ${typeWords[type]}: neither conda nor MLflow can read it.`;
    return [{ code: 'conda-env.shape', range: root.range, message, missingIn: root.range }];
  }
  const key = findKey('condaEnv', 'dependencies');
  return [
    ...checkDuplicates(yaml, root),
    ...checkKeys(fields, 'condaEnv', () => false),
    ...(dependenciesField && key ? checkShape(yaml, dependenciesField, key, 'conda-env.shape') : []),
    ...notList(yaml, dependenciesField),
    ...dependencies.flatMap((dependency) => checkDependency(yaml, dependency)),
    ...checkPythonVersion(dependencies),
    ...checkPip(yaml, dependencies),
  ];
}

function emptyFile(range = { start: 0, end: 0 }): Fault {
  const message = 'This environment is empty: neither conda nor MLflow can read it.';
  return { code: 'conda-env.empty', range, message, missingIn: range };
}

function checkDependency(yaml: YamlDocument, dependency: CondaDependency): readonly Fault[] {
  switch (dependency.kind) {
    case 'package':
      return droppedPackage(dependency.requirement.node);
    case 'pip':
      return checkRequirements(dependency.requirements, 'conda-env.requirement');
    case 'other':
      return [wrongItem(yaml, dependency.node)];
  }
}

/** The line as MLflow sees it: a pin of python that it cannot read is worse than a package that it leaves to conda. */
function droppedPackage(node: ScalarNode): readonly Fault[] {
  const { text, range } = node;
  if (readable.test(text)) return [];
  if (/^(\S+::)?python(?![\w.-])/.test(text)) {
    const message = `${elsewhere} MLflow reads no such pin, and takes the Python that it runs in itself. It reads \`python=3.11\` or \`python=3.11.7\`.`;
    return [{ code: 'conda-env.python-dropped', range, message }];
  }
  const message = `${elsewhere} MLflow leaves this package out. What pip can install is listed under \`pip:\`.`;
  return [{ code: 'conda-env.package-dropped', range, message }];
}

function wrongItem(yaml: YamlDocument, node: ValueNode): Fault {
  const [pair] = node.kind === 'mapping' ? node.pairs : [];
  const to = pair?.value.kind === 'scalar' ? `${pythonString(yaml, pair.key)}=${pair.value.text}` : undefined;
  const meant = to === undefined ? '' : ` Was \`${to}\` meant?`;
  return {
    code: 'conda-env.item',
    range: node.range,
    message: `A dependency is text, or a mapping with the key \`pip\`, but this is ${typeWords[pythonType(node)]}: MLflow rejects it.${meant}`,
    ...(to !== undefined && { fix: { fix: 'replace', to } as const }),
  };
}

/** Of the lines that MLflow can read, the first that pins python counts. */
function checkPythonVersion(dependencies: readonly CondaDependency[]): readonly Fault[] {
  for (const dependency of dependencies) {
    if (dependency.kind !== 'package') continue;
    const { node } = dependency.requirement;
    const [, name, operator, version] = readable.exec(node.text) ?? [];
    if (name !== 'python') continue;
    const fault = pythonFault(node, operator, version);
    // Without a version Python goes on to the next line that names one.
    if (fault || version !== undefined) return fault ? [fault] : [];
  }
  return [];
}

function pythonFault({ range }: ScalarNode, operator = '', version = ''): Fault | undefined {
  if (operator === '') {
    const message = `${elsewhere} MLflow rejects this: Python must be pinned, such as \`python=3.11\`.`;
    return { code: 'conda-env.python-unpinned', range, message };
  }
  if (/^([<>]|!=)$/.test(operator)) {
    const message = `${elsewhere} MLflow rejects \`${operator}\` for Python: only \`=\`, \`==\`, \`>=\` and \`<=\` will do.`;
    return { code: 'conda-env.python-operator', range, message };
  }
  if (operator !== '>=' && operator !== '<=') return undefined;
  const message = `${elsewhere} MLflow takes this for \`python=${version}\`.`;
  return { code: 'conda-env.python-lowest', range, message };
}

/** MLflow reads the last pip list alone. */
function checkPip(yaml: YamlDocument, dependencies: readonly CondaDependency[]): readonly Fault[] {
  const lists = dependencies.filter((one) => one.kind === 'pip');
  const last = lists.at(-1);
  if (!last) return [];
  const lost = lists.slice(0, -1).map(({ pip }) => ({
    code: 'conda-env.several-pip' as const,
    range: pip.key.range,
    message: `${elsewhere} MLflow reads only the last \`pip:\`: this list is lost.`,
  }));
  const type = pythonType(last.pip.value);
  if (type === 'list' || type === 'NoneType') return [...lost, ...wrongLines(yaml, last.pip)];
  const message = `\`pip\` is a list of requirements, but this is ${typeWords[type]}: MLflow and conda reject it.`;
  return [...lost, { code: 'conda-env.item', range: valueRange(yaml, last.pip), message }];
}

function wrongLines(yaml: YamlDocument, pip: Field): readonly Fault[] {
  const wrong = itemsOf(yaml, pip.value).filter((item) => pythonType(item) !== 'str');
  return wrong.map((item) => ({
    code: 'conda-env.item',
    range: item.range.end > item.range.start ? item.range : pip.key.range,
    message: `A requirement is text, but this is ${typeWords[pythonType(item)]}: MLflow and conda die of it.`,
  }));
}

/** MLflow goes through whatever it finds, and makes nothing of it. */
function notList(yaml: YamlDocument, field: Field | undefined): readonly Fault[] {
  const type = field ? pythonType(field.value) : 'list';
  if (!field || !['str', 'dict', 'set', 'bytes'].includes(type)) return [];
  const message = `\`dependencies\` is a list, but this is ${typeWords[type]}: nothing of it is installed.`;
  return [{ code: 'conda-env.requirement', range: valueRange(yaml, field), message }];
}
