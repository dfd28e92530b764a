import type { Flavor, MlmodelModel } from '../../../documents/mlmodelModel';
import { findField } from '../../../documents/yamlRead';
import { findFlavor } from '../../../knowledge/flavors';
import type { ModelKey } from '../../../knowledge/modelKey';
import { isFalsy } from '../../../knowledge/pythonTypes';
import type { Fault } from '../fault';

/** Where loading a model runs code that came with it: whoever reads a foreign model should know. */
export function tellLoadingCode({ flavors }: MlmodelModel): readonly Fault[] {
  return flavors
    .filter(({ field }) => !field.overridden && !field.merged)
    .flatMap((flavor) => [...tellFlavor(flavor), ...tellKeys(flavor)]);
}

function tellFlavor({ name, field }: Flavor): readonly Fault[] {
  const why = findFlavor(name)?.runsCode;
  return why === undefined
    ? []
    : [hint(field.key.range, `Loading this flavor can run any code, since ${why}.`)];
}

function tellKeys({ name, field, fields }: Flavor): readonly Fault[] {
  const keys = findFlavor(name)?.keys ?? [];
  return keys.flatMap((key) => {
    const written = findField(fields, key.name);
    if (key.runsCode === undefined) return [];
    if (!written)
      return isMeant(key, key.fallback) && fields.length > 0
        ? [
            hint(
              field.key.range,
              `Without \`${key.name}\` this is \`${key.fallback ?? ''}\`, and loading it can run any code.`,
            ),
          ]
        : [];
    const text = written.value.kind === 'scalar' ? written.value.text : undefined;
    if (isFalsy(written.value) || !isMeant(key, text)) return [];
    return [hint(written.key.range, describe(key, text))];
  });
}

/** Whether a value is one that has code run; the modules of MLflow itself are no foreign code. */
function isMeant({ name, runsCode }: ModelKey, value: string | undefined): boolean {
  if (name === 'loader_module') return value !== undefined && !/^mlflow(\.|$)/.test(value);
  return runsCode === true ? value !== undefined : value !== undefined && runsCode?.includes(value) === true;
}

function describe({ name }: ModelKey, value = ''): string {
  const written = value.length > 80 ? `${value.slice(0, 79)}…` : value;
  return `Loading this model runs code that \`${name}: ${written}\` names or holds. Load it only if you trust whoever made it.`;
}

function hint(range: Fault['range'], message: string): Fault {
  return { code: 'mlmodel.runs-code', range, message };
}
