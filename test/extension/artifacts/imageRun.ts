import { join } from 'node:path';
import { demoStore } from '../../support/localStores';

/** Where the demo store keeps the artifacts of its run with images: `resnet18-00` of `image-classifier`. */
export const imageArtifacts = 'mlartifacts/3/c7b940289c734ff18b69552889418aba/artifacts';

/** The demo store with its artifacts, as a person's folder gets copies. */
export function copyDemoStore(): Readonly<Record<string, string>> {
  return {
    'mlflow.db': join(demoStore(), 'mlflow.db'),
    mlartifacts: join(demoStore(), 'mlartifacts'),
  };
}
