import { Damage } from './damage';
import type { MetaFields } from './metaFields';
import { readFlatYaml } from './flatYaml';
import { readAnyYaml } from './anyYaml';

/** In characters. No meta.yaml but a dataset's is longer than some hundred; MLflow keeps a profile up to 16 MB in that. */
export const longestMeta = 1 << 25;

/** The longest that is given to the general parser, which takes about a second for it. */
const longestForAnyYaml = 1 << 20;

/**
 * The fields of a meta.yaml: at once where it is as MLflow writes it, 30 times slower by the general parser else. Throws
 * Damage, whose message starts with `name`.
 */
export function readMetaYaml(text: string, name = 'meta.yaml'): MetaFields {
  if (text.trim() === '') throw new Damage(`${name} is empty`);
  const fields = readFlatYaml(text);
  if (fields) return fields;
  if (text.includes('\0')) throw new Damage(`${name} is not a text file`);
  if (text.length > longestForAnyYaml) throw new Damage(`${name} is too long to be one of MLflow’s`);
  try {
    return readAnyYaml(text);
  } catch (error) {
    if (!text.endsWith('\n')) throw new Damage(`${name} is cut off`);
    throw new Damage(error instanceof Damage ? `${name} ${error.message}` : `${name} is not valid YAML`);
  }
}
