/** The scheme under which VS Code reads artifacts as files. */
export const artifactScheme = 'mlflow-artifact';
