import type { EntryPoint, MlprojectModel } from '../documents/mlprojectModel';
import { touches } from '../documents/textRange';

/** The entry point of a name around an offset; where the YAML is too broken to tell, the last of that name. */
export function entryPointAt(
  { entryPoints }: MlprojectModel,
  name: string | undefined,
  offset: number,
): EntryPoint | undefined {
  const named = entryPoints.filter((one) => one.name === name);
  return named.find(({ field }) => touches(field.range, offset)) ?? named.at(-1);
}
