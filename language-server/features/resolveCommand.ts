import type { FieldPart } from '../documents/commandTemplate';
import type { EntryPoint, Parameter } from '../documents/mlprojectModel';
import { shellQuote } from '../documents/shellQuote';
import { pythonString } from '../documents/yamlRead';
import type { YamlDocument } from '../documents/yamlTree';

/** What a command becomes in a run that is given no parameters. */
export interface ResolvedCommand {
  /** With the defaults in their places, quoted; what must be given stays as it is written. */
  readonly text: string;
  /** The parameters without a default, in their order, used or not: MLflow asks for all. */
  readonly required: readonly string[];
  /** A default of type `path` comes out as an absolute path. */
  readonly hasPaths: boolean;
}

/** Undefined where the command is no text, or Python cannot format it. */
export function resolveCommand(
  yaml: YamlDocument,
  { command, parameters }: EntryPoint,
): ResolvedCommand | undefined {
  if (!command || command.template.errors.length > 0) return undefined;
  const counting = parameters.filter(({ field }) => !field.overridden);
  const byName = new Map(counting.map((parameter) => [parameter.name, parameter]));
  const texts = command.template.parts.map((part) => {
    if (part.kind === 'literal') return part.text;
    return (
      defaultIn(yaml, part, byName.get(part.name)) ?? command.text.slice(part.range.start, part.range.end)
    );
  });
  return {
    text: texts.join(''),
    required: counting.filter(({ required }) => required).map(({ name }) => name),
    hasPaths: counting.some(({ type, required }) => type === 'path' && !required),
  };
}

/** Undefined where nothing is put in, or a format changes it. */
function defaultIn(
  yaml: YamlDocument,
  part: FieldPart,
  parameter: Parameter | undefined,
): string | undefined {
  const conversion = part.conversion?.text ?? 's';
  const isPlain = part.path.length === 0 && conversion === 's' && (part.spec?.parts ?? []).length === 0;
  if (!parameter?.defaultNode || part.positional || !isPlain) return undefined;
  return shellQuote(pythonString(yaml, parameter.defaultNode));
}
