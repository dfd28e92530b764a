/** The ways by which MLflow makes a project's environment. */
export const environmentManagers = ['local', 'virtualenv', 'uv', 'conda'] as const;
export type EnvironmentManager = (typeof environmentManagers)[number];

export const backends = ['local', 'databricks', 'kubernetes'] as const;
export type Backend = (typeof backends)[number];

/** Where a project lies: a folder of this machine, or an address that MLflow fetches. */
export type ProjectPlace =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'remote';
      readonly uri: string;
      /** A commit, branch or tag; MLflow's own choice where nobody names one. */
      readonly version?: string | undefined;
      readonly subdirectory?: string | undefined;
    };

export type ExperimentChoice =
  | { readonly kind: 'id'; readonly id: string }
  /** MLflow makes an experiment that does not exist yet. */
  | { readonly kind: 'name'; readonly name: string };

/** One `mlflow run`, as somebody wants it. What is left out is left to MLflow. */
export interface Launch {
  readonly project: ProjectPlace;
  readonly entryPoint: string;
  /** By name. Those that the entry point does not declare are handed to its command as `--name value`. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly experiment?: ExperimentChoice | undefined;
  readonly runName?: string | undefined;
  readonly environmentManager?: EnvironmentManager | undefined;
  readonly backend?: Backend | undefined;
  /** A JSON file; a relative path begins in the project's folder. */
  readonly backendConfig?: string | undefined;
  /** Whether the container holds the project's files, in an image that MLflow builds; else the image is run as it is. */
  readonly buildImage?: boolean | undefined;
  /** Of `docker run`, by name without dashes; an empty value is a flag. */
  readonly dockerArguments?: ReadonlyMap<string, string> | undefined;
}

/** What people call it: `main of my-project`. */
export function nameLaunch({ project, entryPoint }: Pick<Launch, 'project' | 'entryPoint'>): string {
  return `${entryPoint} of ${nameProject(project)}`;
}

export function nameProject(project: ProjectPlace): string {
  const whole = project.kind === 'folder' ? project.path : project.uri.replace(/\.git$/, '');
  return whole.split(/[\\/]/).findLast((part) => part !== '') ?? whole;
}
