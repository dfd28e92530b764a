import type { Flavor, MlmodelModel } from '../../language-server/documents/mlmodelModel';
import { findFlavor, findFlavorKey, flavorOfLoader } from '../../language-server/knowledge/flavors';
import type { FlavorPreview } from '../../webviews/protocol/modelPreview';
import { boundText } from '../ui/boundText';
import { writeLoadingCode } from '../ui/loadingCode';
import { listEntries } from './yamlEntries';
import { textOf } from '../ui/modelUri';

/** The ways in which the model can be loaded, in the file's order. */
export function composeFlavors(model: MlmodelModel, uri: string): readonly FlavorPreview[] {
  return flavorsOf(model).map((flavor) => composeFlavor(model, flavor, uri));
}

/** The flavors that count: of a name that is written twice, the last. */
export function flavorsOf({ flavors }: MlmodelModel): readonly Flavor[] {
  return flavors.filter(({ field }) => !field.overridden);
}

function composeFlavor(model: MlmodelModel, flavor: Flavor, uri: string): FlavorPreview {
  const { yaml } = model;
  const { name, fields } = flavor;
  const known = findFlavor(name);
  const version = known?.versionKey && textOf(yaml, fields, known.versionKey);
  const code = writeLoadingCode(name, uri);
  const reasons = [...new Set(reasonsOf(model, flavor))];
  return {
    name: boundText(name),
    title: boundText(known?.title ?? name),
    keys: listEntries(yaml, fields),
    ...(known ? { about: known.about } : {}),
    ...(version ? { version } : {}),
    ...(code ? { code } : {}),
    ...(reasons.length > 0 ? { warning: warn(reasons) } : {}),
  };
}

function warn(reasons: readonly string[]): string {
  const why = reasons.join(', ');
  return `Loading it runs code that comes with the model: ${why}. Load it only if you trust who made it.`;
}

/** Why loading a flavor runs code that the model holds, as clauses. */
function reasonsOf(model: MlmodelModel, { name, fields }: Flavor): readonly string[] {
  const { yaml } = model;
  const loader = textOf(yaml, fields, 'loader_module');
  const loaded = loader === undefined ? undefined : flavorOfLoader(loader);
  const inner = flavorsOf(model).find((other) => other.name === loaded && other.name !== name);
  const own = findFlavor(name)?.runsCode;
  return [
    ...(own === undefined ? [] : [own]),
    ...fields.flatMap((field) => {
      const runsCode = field.overridden ? undefined : findFlavorKey(name, field.name)?.runsCode;
      const value = textOf(yaml, fields, field.name);
      if (!runsCode || value === undefined) return [];
      if (field.name === 'loader_module' && loaded !== undefined) return [];
      if (runsCode !== true) return runsCode.includes(value) ? [`it is written by ${value}`] : [];
      return [`\`${field.name}\` names ${value.slice(0, 100)}`];
    }),
    // As a Python function it is loaded by that flavor.
    ...(inner ? reasonsOf(model, inner) : []),
  ];
}
