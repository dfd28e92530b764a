import type { CondaEnvModel } from '../../documents/condaEnv';
import type { PythonEnvModel } from '../../documents/pythonEnv';
import { followAlias } from '../../documents/yamlRead';
import { writeYamlString } from '../../documents/yamlWrite';

/** What an environment file says that both formats can hold. */
export interface Environment {
  readonly python?: string;
  /** pip, setuptools and wheel, with their pins. */
  readonly build: readonly string[];
  /** As pip reads them. */
  readonly packages: readonly string[];
}

/** For a file that a project names and that is not there. */
export const usualEnvironment: Environment = { python: '3.12', build: ['pip'], packages: ['mlflow'] };

export function writePythonEnv({ python, build, packages }: Environment): string {
  return linesOf([
    ...(python === undefined ? [] : [`python: ${JSON.stringify(python)}`]),
    ...listOf('build_dependencies', build),
    ...listOf('dependencies', packages),
  ]);
}

export function writeCondaEnv({ python, build, packages }: Environment): string {
  const pip =
    packages.length === 0 ? [] : ['  - pip:', ...packages.map((line) => `      - ${writeYamlString(line)}`)];
  const conda = [...(python === undefined ? [] : [`python=${python}`]), ...build];
  // conda wants pip itself where it is to install with it.
  const whole = pip.length === 0 || build.some((line) => /^pip\b/.test(line)) ? conda : [...conda, 'pip'];
  return linesOf(['channels:', '  - conda-forge', ...listOf('dependencies', whole), ...pip]);
}

/** Undefined where a conda.yaml says more, or other things to MLflow, than a python_env.yaml can. */
export function readCondaEnvironment(model: CondaEnvModel): Environment | undefined {
  const { yaml, root, fields, dependencies } = model;
  const isMore = fields.some(({ name }) => !['name', 'channels', 'dependencies', 'prefix'].includes(name));
  const pips = dependencies.filter((one) => one.kind === 'pip');
  const conda = dependencies.flatMap((one) => (one.kind === 'package' ? [one.requirement.text] : []));
  const lines = conda.map((text) =>
    /^(python|pip|setuptools|wheel)(?:(<=|>=|==|!=|<|>|=)([\d.]+))?$/.exec(text),
  );
  const pythons = lines.filter((line) => line?.[1] === 'python');
  const python = pythons[0]?.[3];
  const isPinned = pythons.every((line) => /^==?$/.test(line?.[2] ?? ''));
  const packages = pips[0] ? textsOf(followAlias(yaml, pips[0].pip.written), yaml) : [];
  if (root?.kind !== 'mapping' || yaml.errors.length > 0 || isMore || lines.includes(null) || !packages)
    return undefined;
  if (!isPinned || pythons.length > 1 || pips.length > 1 || pips.some((one) => one.fields.length > 1))
    return undefined;
  if (conda.length + pips.length < dependencies.length) return undefined;
  const build = lines.flatMap((line) =>
    line && line[1] !== 'python'
      ? [`${line[1] ?? ''}${(line[2] ?? '').replace(/^=$/, '==')}${line[3] ?? ''}`]
      : [],
  );
  return { build, packages, ...(python !== undefined && { python }) };
}

/** Undefined where a python_env.yaml says more than MLflow would read of a conda.yaml. */
export function readPythonEnvironment(model: PythonEnvModel): Environment | undefined {
  const { yaml, root, fields, python, buildDependencies, dependencies } = model;
  const build = buildDependencies ? textsOf(buildDependencies.field.value, yaml) : [];
  const packages = dependencies ? textsOf(dependencies.field.value, yaml) : [];
  const isMore = fields.some(({ name }) => !['python', 'build_dependencies', 'dependencies'].includes(name));
  if (root?.kind !== 'mapping' || yaml.errors.length > 0 || isMore || !build || !packages) return undefined;
  if (build.some((line) => !/^(pip|setuptools|wheel)((<=|>=|==|!=|<|>)[\d.]+)?$/.test(line)))
    return undefined;
  const version =
    python?.value.kind === 'scalar' && python.value.value.type === 'str' ? python.value.text : undefined;
  if (python && (version === undefined || !/^\d+(\.\d+)*$/.test(version))) return undefined;
  return { build, packages, ...(version !== undefined && { python: version }) };
}

/** The texts of a list; undefined of anything else. */
function textsOf(
  node: ReturnType<typeof followAlias>,
  yaml: CondaEnvModel['yaml'],
): readonly string[] | undefined {
  if (node?.kind === 'null') return [];
  if (node?.kind !== 'sequence') return undefined;
  const texts = node.items.flatMap((item) => {
    const one = followAlias(yaml, item);
    return one?.kind === 'scalar' && one.value.type === 'str' ? [one.text] : [];
  });
  return texts.length === node.items.length ? texts : undefined;
}

function listOf(key: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${key}:`, ...items.map((item) => `  - ${writeYamlString(item)}`)];
}

function linesOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
