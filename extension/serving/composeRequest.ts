import { readMlmodel } from '../../language-server/documents/mlmodel';
import { parseYaml } from '../../language-server/documents/yamlText';
import { composeFromExample } from './inputExample';
import type { ModelFiles } from './readModel';
import { composeSkeleton, type TakenSchemas } from './requestBody';

/** The text of a request to the model: its input example, else a skeleton from its signature. */
export function composeRequest({ mlmodel, example }: ModelFiles): string {
  const fromExample = example && composeFromExample(example);
  return fromExample ?? JSON.stringify(composeSkeleton(readSchemas(mlmodel)), undefined, 2);
}

/** What an MLmodel says that the model takes, as far as it can be understood. */
function readSchemas(mlmodel: string): TakenSchemas {
  const parts = readMlmodel(parseYaml(mlmodel)).signature?.parts ?? [];
  const schemaOf = (name: string) => parts.find((part) => part.name === name)?.schema;
  return { inputs: schemaOf('inputs'), params: schemaOf('params') };
}
