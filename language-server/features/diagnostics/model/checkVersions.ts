import { textNode } from '../../../documents/mlmodel';
import type { MlmodelModel } from '../../../documents/mlmodelModel';
import { differsInMinor, packageKey, rulesOut } from '../../../documents/packageVersion';
import type { Requirement } from '../../../documents/requirement';
import type { ScalarNode } from '../../../documents/yamlTree';
import type { ModelFacts } from '../../modelFacts';
import { companionNames } from '../../modelFacts';
import type { EnvironmentDocument } from '../../openDocument';
import type { Fault } from '../fault';
import { requirementsOf, savedVersions, type SavedVersion } from './savedVersions';

/** A line of an environment file that asks for another version than the model was saved with. */
interface Contradiction {
  readonly saved: SavedVersion;
  readonly document: EnvironmentDocument;
  /** What is asked: its text, and where. */
  readonly asked: string;
  readonly node: ScalarNode;
  readonly requirement?: Requirement;
}

/** Versions in an MLmodel that the environment files beside it rule out. */
export function checkVersions(
  model: MlmodelModel,
  { requirements, condaEnv, pythonEnv }: ModelFacts,
): readonly Fault[] {
  const documents = [requirements, condaEnv, pythonEnv].filter((one) => one !== undefined);
  const saved = savedVersions(model);
  return documents
    .flatMap((document) => contradictionsIn(document, saved))
    .map(({ saved: { version, range }, asked, document, node }) => {
      const line = document.lines.positionAt(node.range.start).line + 1;
      const message = `The model was saved with ${version}, but ${companionNames[document.kind]} asks for \`${asked}\` (line ${line}).`;
      return { code: 'mlmodel.version-contradiction', range, message };
    });
}

/** Lines of an environment file beside an MLmodel that rule out what the model was saved with. */
export function checkCompanion(document: EnvironmentDocument, { mlmodel }: ModelFacts): readonly Fault[] {
  if (!mlmodel) return [];
  return contradictionsIn(document, savedVersions(mlmodel.model)).map(
    ({ saved, asked, node, requirement }) => {
      const { packageName, version } = saved;
      const message = `The MLmodel beside it was saved with ${packageName} ${version}, but this asks for \`${asked}\`.`;
      const [only, more] = requirement?.specifiers ?? [];
      const fix =
        only && !more && document.kind !== 'condaEnv'
          ? ({ fix: 'replace', to: `==${version}` } as const)
          : undefined;
      return {
        code: 'mlmodel.version-contradiction',
        range: only?.range ?? node.range,
        message,
        ...(fix && { fix }),
      };
    },
  );
}

function contradictionsIn(
  document: EnvironmentDocument,
  saved: readonly SavedVersion[],
): readonly Contradiction[] {
  const versions = new Map(saved.map((one) => [one.packageName, one]));
  const found = requirementsOf(document).flatMap((requirement): readonly Contradiction[] => {
    const one = versions.get(packageKey(requirement.name ?? ''));
    if (!one || !isRuledOut(requirement, one)) return [];
    return [
      {
        saved: one,
        document,
        asked: requirement.text.trim().slice(0, 100),
        node: requirement.node,
        requirement,
      },
    ];
  });
  return [...found, ...pythonOf(document, versions.get('python'))];
}

function isRuledOut(requirement: Requirement, { packageName, version }: SavedVersion): boolean {
  if (packageName !== 'python') return rulesOut(requirement, version);
  const [only, ...more] = requirement.specifiers;
  const isPin = only && more.length === 0 && /^={0,2}$/.test(only.operator);
  return isPin ? differsInMinor(only.version, version) : rulesOut(requirement, version);
}

function pythonOf(document: EnvironmentDocument, saved: SavedVersion | undefined): readonly Contradiction[] {
  const field = document.kind === 'pythonEnv' ? document.model.python : undefined;
  const node = field && textNode(field.value);
  if (!saved || !node || !differsInMinor(node.text, saved.version)) return [];
  return [{ saved, document, asked: `python ${node.text}`, node }];
}
