import { pythonVersionSection } from './protocol';

/** What the user set for the language server, for a resource. */
export interface ServerSettings {
  /** Keys of a dialect of MLproject that MLflow ignores and that are meant: `uv_env`, `entry_points.*.description`. `*` stands for any name. */
  readonly allowedKeys: readonly string[];
  /** What is shown of a diagnostic's code, or whether at all; by code, such as `mlproject.unused-parameter`. */
  readonly severities: Readonly<Record<string, ShownSeverity>>;
  /** Whether inlay hints are given. */
  readonly inlayHints: boolean;
  /** The version of the Python that models are loaded in, such as `3.12.1`; undefined where nobody told. */
  readonly pythonVersion?: string;
}

export type ShownSeverity = (typeof shownSeverities)[number];
const shownSeverities = ['error', 'warning', 'information', 'hint', 'off'] as const;

export const defaultSettings: ServerSettings = { allowedKeys: [], severities: {}, inlayHints: true };

/** The keys under which a client keeps them, in the order that `readSettings` takes their values in. */
export const settingSections = [
  'mlflow.languageServer.allowedKeys',
  'mlflow.languageServer.severities',
  'mlflow.languageServer.inlayHints',
  pythonVersionSection,
] as const;

/** Settings from what a client answered; whatever has a wrong shape is as if it were not set. */
export function readSettings(values: readonly unknown[]): ServerSettings {
  const [allowedKeys, severities, inlayHints, pythonVersion] = values;
  return {
    allowedKeys: Array.isArray(allowedKeys) ? allowedKeys.filter((key) => typeof key === 'string') : [],
    severities: isRecord(severities)
      ? Object.fromEntries(
          Object.entries(severities).filter((one): one is [string, ShownSeverity] => isShown(one[1])),
        )
      : {},
    inlayHints: typeof inlayHints === 'boolean' ? inlayHints : defaultSettings.inlayHints,
    ...(typeof pythonVersion === 'string' && pythonVersion.trim() !== ''
      ? { pythonVersion: pythonVersion.trim() }
      : {}),
  };
}

/** The values of `settingSections` in a tree of settings, as `workspace/didChangeConfiguration` may carry it. */
export function pickSections(tree: unknown): readonly unknown[] {
  return settingSections.map((section) =>
    section.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), tree),
  );
}

function isShown(value: unknown): value is ShownSeverity {
  return shownSeverities.some((one) => one === value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
