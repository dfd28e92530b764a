import { readCondaEnv } from '../../language-server/documents/condaEnv';
import type { MlmodelModel } from '../../language-server/documents/mlmodelModel';
import { readPythonEnv } from '../../language-server/documents/pythonEnv';
import type { Requirement } from '../../language-server/documents/requirement';
import { readRequirementsFile } from '../../language-server/documents/requirementsFile';
import { pythonString } from '../../language-server/documents/yamlRead';
import { parseYaml } from '../../language-server/documents/yamlText';
import { findFlavor } from '../../language-server/knowledge/flavors';
import {
  dependencyPlaces,
  type Dependencies,
  type DependencyPlace,
  type DependencyRow,
} from '../../webviews/protocol/modelPreview';
import { boundText } from '../ui/boundText';
import { environmentFiles } from './companions';
import { flavorsOf } from './composeFlavors';
import type { FileText } from './fileText';
import { explainDisagreement, type Said } from './versionsAgree';
import { textOf } from '../ui/modelUri';

/** What one place says of packages. */
interface Place {
  readonly said: readonly (readonly [name: string, said: Said])[];
  /** It takes what requirements.txt says. */
  readonly takesRequirements: boolean;
  readonly note?: string;
  readonly isLoading?: boolean;
}

/** Each package once, with what each place says of it, and whether they agree. */
export function composeDependencies(model: MlmodelModel, textFor: (name: string) => FileText): Dependencies {
  const { requirements, conda, pythonEnv } = environmentFiles(model);
  const places: Readonly<Record<DependencyPlace, Place>> = {
    MLmodel: readModel(model),
    'requirements.txt': readPlace(requirements, textFor, readRequirements),
    'conda.yaml': readPlace(conda, textFor, readConda),
    'python_env.yaml': readPlace(pythonEnv, textFor, readPython),
  };
  const all = dependencyPlaces.map((place) => places[place]);
  const names = new Map(all.flatMap(({ said }) => said.map(([name]) => [normalize(name), name] as const)));
  const rows = [...names].map(([key, name]) =>
    toRow(
      name,
      all.map((place) => findSaid(place, key)),
      places,
    ),
  );
  return {
    rows: rows.sort(byName),
    notes: all.flatMap(({ note }) => (note === undefined ? [] : [note])),
    isLoading: all.some(({ isLoading }) => isLoading),
  };
}

const python = 'Python';
const order = new Intl.Collator(undefined, { numeric: true });

/** Python itself first. */
function byName(a: DependencyRow, b: DependencyRow): number {
  return Number(b.name === python) - Number(a.name === python) || order.compare(a.name, b.name);
}

function toRow(
  name: string,
  said: readonly (Said | undefined)[],
  places: Readonly<Record<DependencyPlace, Place>>,
): DependencyRow {
  const disagreement =
    explainDisagreement(said.filter((one) => one !== undefined)) ?? missingFrom(said, places);
  const says = said.map((one) => (one ? boundText(one.text) : ''));
  return { name: boundText(name), says, ...(disagreement === undefined ? {} : { disagreement }) };
}

/** MLflow writes the same packages into requirements.txt and below `pip` of conda.yaml. */
function missingFrom(
  [, inRequirements, inConda]: readonly (Said | undefined)[],
  places: Readonly<Record<DependencyPlace, Place>>,
): string | undefined {
  const [requirements, conda] = [places['requirements.txt'], places['conda.yaml']];
  const hasBoth = [requirements, conda].every(({ said }) => said.some(([, { isPip }]) => isPip));
  if (!hasBoth || conda.takesRequirements) return undefined;
  if (inRequirements && !inConda) return 'Not in conda.yaml';
  if (inConda?.isPip && !inRequirements) return 'Not in requirements.txt';
  return undefined;
}

function findSaid({ said }: Place, key: string): Said | undefined {
  return said.find(([name]) => normalize(name) === key)?.[1];
}

/** As pip compares names. */
function normalize(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** The versions that the model was saved with. */
function readModel(model: MlmodelModel): Place {
  const { yaml, fields } = model;
  const mlflow = textOf(yaml, fields, 'mlflow_version');
  const said = flavorsOf(model).flatMap((flavor) => {
    const { versionKey, packageName } = findFlavor(flavor.name) ?? {};
    const named: readonly (readonly [string | undefined, string | undefined])[] = [
      [packageName, versionKey],
      ...(flavor.name === 'python_function'
        ? ([
            [python, 'python_version'],
            ['cloudpickle', 'cloudpickle_version'],
          ] as const)
        : []),
    ];
    return named.flatMap(([name, key]) => {
      const version = key === undefined ? undefined : textOf(yaml, flavor.fields, key);
      return name === undefined || version === undefined ? [] : [[name, exactly(version)] as const];
    });
  });
  return {
    said: [...(mlflow === undefined ? [] : [['mlflow', exactly(mlflow)] as const]), ...said],
    takesRequirements: false,
  };
}

function exactly(version: string): Said {
  return { text: version, pin: version, isPip: false };
}

function readPlace(
  name: string,
  textFor: (name: string) => FileText,
  read: (text: string) => Omit<Place, 'note'>,
): Place {
  const file = textFor(name);
  const nothing = { said: [], takesRequirements: false };
  switch (file.kind) {
    case 'text': {
      const place = read(file.text);
      return place.takesRequirements
        ? { ...place, note: `${name} takes the packages of requirements.txt.` }
        : place;
    }
    case 'missing':
      return { ...nothing, note: `${name} is not there.` };
    case 'failed':
      return { ...nothing, note: `${name} could not be read: ${file.cause}` };
    case 'loading':
    case 'there':
    case 'unlisted':
      return { ...nothing, isLoading: true };
  }
}

function readRequirements(text: string): Omit<Place, 'note'> {
  return toPlace(readRequirementsFile(text).requirements, true);
}

function readConda(text: string): Omit<Place, 'note'> {
  const { dependencies } = readCondaEnv(parseYaml(text));
  const ofConda = dependencies.flatMap((one) => (one.kind === 'package' ? [one.requirement] : []));
  const ofPip = dependencies.flatMap((one) => (one.kind === 'pip' ? one.requirements : []));
  const [conda, pip] = [toPlace(ofConda, false), toPlace(ofPip, true)];
  return { said: [...pip.said, ...conda.said], takesRequirements: pip.takesRequirements };
}

function readPython(text: string): Omit<Place, 'note'> {
  const yaml = parseYaml(text);
  const model = readPythonEnv(yaml);
  const version =
    model.python && model.python.value.kind !== 'null' ? pythonString(yaml, model.python.value) : undefined;
  const own = toPlace(model.dependencies?.requirements ?? [], true);
  const build = toPlace(model.buildDependencies?.requirements ?? [], false);
  const said = version === undefined ? [] : [[python, exactly(version)] as const];
  return { said: [...said, ...own.said, ...build.said], takesRequirements: own.takesRequirements };
}

function toPlace(requirements: readonly Requirement[], isPip: boolean): Omit<Place, 'note'> {
  const takes = ({ kind, text }: Requirement) =>
    kind === 'option' && /^\s*-r\s*(\.\/)?requirements\.txt\b/.test(text);
  return {
    said: requirements.flatMap((one) => (one.kind === 'package' ? [toSaid(one, isPip)] : [])),
    takesRequirements: requirements.some(takes),
  };
}

function toSaid({ name = '', specifiers, marker }: Requirement, isPip: boolean): readonly [string, Said] {
  const written = specifiers.map(({ operator, version }) => `${operator}${version}`).join(',');
  const text = [written || 'any version', ...(marker === undefined ? [] : [`; ${marker}`])].join(' ');
  const [only, ...others] = specifiers;
  const isPin =
    only && others.length === 0 && ['=', '==', '===', ''].includes(only.operator) && marker === undefined;
  const said = { text, isPip, ...(isPin ? { pin: only.version } : {}) };
  return [!isPip && name === 'python' ? python : name, said];
}
