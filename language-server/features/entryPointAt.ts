import { type CommandCall, readCommandCalls } from '../documents/commandCalls';
import type { EntryPoint, MlprojectModel } from '../documents/mlprojectModel';
import type { ScriptOptions } from '../documents/python/scriptOptions';
import { touches } from '../documents/textRange';
import { scriptPath } from './namedFiles';
import type { ProjectFacts } from './projectFacts';

/** The entry point of a name around an offset; where the YAML is too broken to tell, the last of that name. */
export function entryPointAt(
  { entryPoints }: MlprojectModel,
  name: string | undefined,
  offset: number,
): EntryPoint | undefined {
  const named = entryPoints.filter((one) => one.name === name);
  return named.find(({ field }) => touches(field.range, offset)) ?? named.at(-1);
}

/** What the scripts that an entry point runs declare. */
export function scriptsOf(facts: ProjectFacts, { command }: EntryPoint): readonly ScriptOptions[] {
  return readCommandCalls(command?.text ?? '').flatMap((call) => scriptOf(facts, call) ?? []);
}

export function scriptOf({ scripts }: ProjectFacts, call: CommandCall): ScriptOptions | undefined {
  const path = call.kind === 'script' || call.kind === 'module' ? scriptPath(call) : undefined;
  return path === undefined ? undefined : scripts.get(path);
}
