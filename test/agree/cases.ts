import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readMlmodel } from '../../language-server/documents/mlmodel';
import { readMlproject } from '../../language-server/documents/mlproject';
import { parseYaml } from '../../language-server/documents/yamlText';
import { namedModelFiles } from '../../language-server/features/modelFiles';
import { projectRoot } from '../support/cache';
import type { AgreeCase, CaseKind } from './askMlflow';
import { mutateText, type RandomNumbers } from './mutateText';

/** Which of both formats is tried. */
export type Family = 'mlproject' | 'mlmodel';

const shared = join(projectRoot(), '..', 'shared');

export interface Gathered {
  readonly cases: readonly AgreeCase[];
  /** What there should be and is not. */
  readonly skipped: readonly string[];
}

/** Real files: MLproject files by whatever name, and the environment files beside them. */
export function corpusCases(folder = join(shared, 'corpus'), family: Family = 'mlproject'): Gathered {
  if (!existsSync(folder)) return { cases: [], skipped: [`no corpus: ${folder} is not there`] };
  const paths = globSync('**/*', { cwd: folder }).sort();
  const cases = paths.flatMap((path) => {
    const kind = kindOf(path, family);
    const file = join(folder, path);
    return kind && statSync(file).isFile() ? [caseOf(kind, path, readFileSync(file, 'utf8'))] : [];
  });
  return { cases, skipped: [] };
}

/** Inputs written by hand, one for each of MLflow's ways. */
export function probeCases(family: Family = 'mlproject'): Gathered {
  const folder = join(shared, 'probes');
  if (!existsSync(folder)) return { cases: [], skipped: [`no probes: ${folder} is not there`] };
  if (family === 'mlmodel') {
    const paths = globSync('mlmodel/*/MLmodel', { cwd: folder }).sort();
    return {
      cases: paths.map((path) => caseOf('mlmodel', path, readFileSync(join(folder, path), 'utf8'))),
      skipped: [],
    };
  }
  const projects = globSync('mlproject/*/MLproject', { cwd: folder }).sort();
  const environments = readFileSync(join(folder, 'env_verdicts.tsv'), 'utf8').trim().split('\n').slice(1);
  return {
    cases: [
      ...projects.map((path) => caseOf('mlproject', path, readFileSync(join(folder, path), 'utf8'))),
      ...environments.map(environmentProbe),
    ],
    skipped: [],
  };
}

function environmentProbe(line: string): AgreeCase {
  const columns = line.split('\t');
  const [name = ''] = columns;
  const text = pythonText(columns.at(-1) ?? '');
  return caseOf(name.startsWith('py') ? 'python_env' : 'conda', name, text);
}

/** Python's repr of a text. */
function pythonText(repr: string): string {
  return repr.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
}

/** Other cases with some edits made to them; in one of ten the environment file is missing. */
export function mutatedCases(
  cases: readonly AgreeCase[],
  count: number,
  random: RandomNumbers,
  words?: readonly string[],
): readonly AgreeCase[] {
  const short = cases.filter(({ text }) => text.length < 10_000);
  return Array.from({ length: short.length === 0 ? 0 : count }, (_, index) => {
    const base = short[random(short.length)];
    const { kind, name, text, model } = base ?? { kind: 'mlproject' as const, name: '', text: '' };
    const mutated = caseOf(kind, `mutation ${index} of ${name}`, mutateText(text, random, words));
    return { ...mutated, ...(model !== undefined && { model }), ...(random(10) === 0 && { create: [] }) };
  });
}

function caseOf(kind: CaseKind, name: string, text: string): AgreeCase {
  const paths = pathsIn(kind, text);
  return { kind, name, text, paths, create: paths };
}

function pathsIn(kind: CaseKind, text: string): readonly string[] {
  const yaml = parseYaml(text);
  if (kind === 'saved') return namedModelFiles(readMlmodel(yaml)).map(({ path }) => path);
  const { environments } = readMlproject(yaml);
  return kind === 'mlproject' ? environments.flatMap(({ path }) => (path ? [path.text] : [])) : [];
}

function kindOf(path: string, family: Family): CaseKind | undefined {
  if (family === 'mlmodel') return basename(path) === 'MLmodel' ? 'mlmodel' : undefined;
  const name = basename(path).toLowerCase();
  if (/^mlproject(\.ya?ml)?$/.test(name)) return 'mlproject';
  if (name === 'python_env.yaml') return 'python_env';
  return /^(conda|environment|.*_environment|conda_env)\.ya?ml$/.test(name) ? 'conda' : undefined;
}
