import type { Artifact } from '../model';

/**
 * What lies directly in a folder of the artifacts at `location`, `''` being their root. `location` is what MLflow keeps
 * (`file:///…`, a plain path, `mlflow-artifacts:/…`, `s3://…`); `storeFolder` is the folder in which the database or the
 * mlruns directory lies. Throws a TrackingError; links that lead out of the artifacts are not followed.
 */
export function listArtifactsAt(location: string, path: string, storeFolder: string): readonly Artifact[] {
  throw new Error(`not yet: ${location} ${path} ${storeFolder}`);
}

/** The text of a small file among the artifacts at `location`; undefined if there is none. */
export function readArtifactAt(location: string, path: string, storeFolder: string): string | undefined {
  throw new Error(`not yet: ${location} ${path} ${storeFolder}`);
}
