import { readMlmodel } from '../../language-server/documents/mlmodel';
import type { MlmodelModel } from '../../language-server/documents/mlmodelModel';
import { parseYaml } from '../../language-server/documents/yamlText';
import { listCompanions } from './companions';
import { isInside, type FileText, type ModelFiles } from './fileText';

/** A model as far as it was read. */
export interface ReadModel {
  readonly model: MlmodelModel;
  /** Why there is no MLmodel, where there is none. */
  readonly problem?: string;
  /** By name, what lies beside it. */
  readonly texts: ReadonlyMap<string, FileText>;
}

const outside: FileText = { kind: 'failed', cause: 'It lies outside of the model’s folder.' };

/**
 * Reads a model: its MLmodel, shown as soon as it is there, then what that names. What was read `before` stands until it is
 * read again. Never rejects: a model whose MLmodel cannot be read says why.
 */
export async function readModel(
  files: ModelFiles,
  shown: (read: ReadModel) => void,
  before?: ReadModel,
): Promise<void> {
  const file = await files.read('MLmodel');
  const model = readMlmodel(
    parseYaml(file.kind === 'text' ? file.text : '', before?.model.yaml),
    before?.model,
  );
  const companions = listCompanions(model);
  const known = companions.flatMap(({ name }): readonly (readonly [string, FileText])[] => {
    const text = before?.texts.get(name);
    return text ? [[name, text]] : [];
  });
  const problem = problemOf(file);
  const base = { model, ...(problem === undefined ? {} : { problem }) };
  shown({ ...base, texts: new Map(known) });
  const texts = await Promise.all(
    companions.map(async ({ name, isRead }) => {
      if (!isInside(name)) return [name, outside] as const;
      return [name, await (isRead ? files.read(name) : files.look(name))] as const;
    }),
  );
  shown({ ...base, texts: new Map(texts) });
}

function problemOf(file: FileText): string | undefined {
  if (file.kind === 'missing') return 'There is no MLmodel among its files.';
  return file.kind === 'failed' ? `The MLmodel could not be read: ${file.cause}` : undefined;
}
