import type { MlmodelModel } from '../../../documents/mlmodelModel';
import { namedModelFiles } from '../../modelFiles';
import { nameRange } from '../../namedFiles';
import type { ProjectFacts } from '../../projectFacts';
import type { Fault } from '../fault';

/** Files that MLflow misses only when it restores an environment, or reads an example or an artifact. */
const missedLater =
  /^(saved_input_example_info\.|python_function\.(env|artifacts|code|conda_env)\b|[^.]+\.code$)/;

/** Files that a model names and that do not lie in its folder. */
export function checkModelFiles(model: MlmodelModel, { files }: ProjectFacts): readonly Fault[] {
  return namedModelFiles(model)
    .filter(({ path }) => files.get(path)?.kind === 'missing')
    .map((file) => {
      const isLater = missedLater.test(file.keyPath);
      const effect = isLater ? 'what needs it will fail' : 'MLflow cannot load it';
      return {
        code: isLater ? 'mlmodel.missing-companion' : 'mlmodel.missing-file',
        range: nameRange(file),
        message: `There is no \`${file.path.slice(0, 200)}\` in the model's folder: ${effect}.`,
      };
    });
}
