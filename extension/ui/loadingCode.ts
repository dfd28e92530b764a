import { findFlavor } from '../../language-server/knowledge/flavors';

/** Python code that loads a model as a flavor; undefined where MLflow has no loader for it. */
export function writeLoadingCode(flavor: string, uri: string): string | undefined {
  const module = findFlavor(flavor)?.module;
  // JSON's strings are Python's too.
  return module && `import mlflow\n\nmodel = ${module}.load_model(${JSON.stringify(uri)})\n`;
}

/** The same for a model of several flavors: as a Python function if it is one, which whoever scores it wants. */
export function chooseLoadingCode(flavors: readonly string[], uri: string): string | undefined {
  const ordered = [...flavors].sort(
    (a, b) => Number(b === 'python_function') - Number(a === 'python_function'),
  );
  for (const flavor of ordered) {
    const code = writeLoadingCode(flavor, uri);
    if (code !== undefined) return code;
  }
  return undefined;
}
