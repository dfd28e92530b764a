import type { GridImage, ImageColumn, ImageGrid } from '../../webviews/protocol/imageGrid';
import { boundText } from '../ui/boundText';

/** The images of a run, or why they could not be listed. */
export interface RunImages {
  readonly runId: string;
  readonly name: string;
  readonly paths: readonly string[];
  readonly failure?: string;
}

/** Of columns that are shown. */
const mostColumns = 500;

export function isImagePath(path: string): boolean {
  return /\.(?:png|jpe?g|gif|webp)$/i.test(path);
}

interface Named extends ImageColumn {
  readonly path: string;
  readonly isSmall: boolean;
}

/** Rows of runs, columns of what they logged: first the images logged by key and step, then other files by path. */
export function composeImageGrid(runs: readonly RunImages[], isCut: boolean): ImageGrid {
  const named = runs.map(({ paths }) => paths.map(nameImage));
  const columns = new Map(named.flat().map((image) => [keyOf(image), toColumn(image)]));
  const sorted = [...columns].sort(([, one], [, other]) => compareColumns(one, other));
  const shown = sorted.slice(0, mostColumns);
  const rows = runs.map(({ runId, name, failure }, index) => {
    const images = new Map<string, GridImage>();
    for (const image of named[index] ?? []) images.set(keyOf(image), merge(images.get(keyOf(image)), image));
    return {
      ...{ runId, name: boundText(name), images: shown.map(([key]) => images.get(key) ?? null) },
      ...(failure !== undefined && { failure }),
    };
  });
  return { columns: shown.map(([, column]) => column), rows, isCut: isCut || sorted.length > mostColumns };
}

/**
 * MLflow's `log_image` writes `images/<key>+step+<n>+timestamp+<ms>+<uuid>.png` and a small `…+compressed.webp`; before
 * MLflow 2.14.2 with `%` for `+`. A `/` in the key is a `~` there.
 */
function nameImage(path: string): Named {
  const logged = /^images\/(.+?)([+%])step\2(-?\d+)\2timestamp\2\d+\2[^+%]+?(\2compressed)?\.\w+$/s.exec(
    path,
  );
  if (!logged) return { name: path, path, isSmall: false };
  const [, key = '', , step = '', small] = logged;
  return { name: key.replaceAll('~', '/'), step, path, isSmall: small !== undefined };
}

function merge(present: GridImage | undefined, { path, isSmall }: Named): GridImage {
  if (!present) return { path, fullPath: path };
  return isSmall ? { ...present, path } : { ...present, fullPath: path };
}

function keyOf({ name, step }: Named): string {
  return JSON.stringify([name, step]);
}

function toColumn({ name, step }: Named): ImageColumn {
  return step === undefined ? { name: boundText(name) } : { name: boundText(name), step };
}

const names = new Intl.Collator(undefined, { numeric: true });

function compareColumns(one: ImageColumn, other: ImageColumn): number {
  const isFile = ({ step }: ImageColumn) => Number(step === undefined);
  return (
    isFile(one) - isFile(other) ||
    names.compare(one.name, other.name) ||
    Number(one.step ?? 0) - Number(other.step ?? 0)
  );
}
