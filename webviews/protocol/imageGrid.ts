import { event, request } from './channel';
import { isRecordOf, isText } from './guards';

/** The images of several runs beside each other: a row for each run. All text is a stranger's. */

/** Which runs of which connection; this is what survives a restart of VS Code. */
export interface ImageGridSubject {
  readonly connectionUri: string;
  readonly runIds: readonly string[];
}

export type ImageGridSnapshot =
  | { readonly kind: 'loading'; readonly subject: ImageGridSubject }
  | { readonly kind: 'failed'; readonly subject: ImageGridSubject; readonly cause: string }
  | { readonly kind: 'ready'; readonly subject: ImageGridSubject; readonly grid: ImageGrid };

export interface ImageGrid {
  readonly columns: readonly ImageColumn[];
  readonly rows: readonly ImageRow[];
  /** Whether there are more images than are shown. */
  readonly isCut: boolean;
}

/** An image that was logged by key and step, or a file's path. */
export interface ImageColumn {
  readonly name: string;
  readonly step?: string;
}

export interface ImageRow {
  readonly runId: string;
  readonly name: string;
  /** Why the run's images could not be listed. */
  readonly failure?: string;
  /** By column. */
  readonly images: readonly (GridImage | null)[];
}

export interface GridImage {
  /** What is drawn in the grid: the small one, where MLflow logged two. */
  readonly path: string;
  /** What is opened. */
  readonly fullPath: string;
}

export interface ImagePlace {
  readonly runId: string;
  readonly path: string;
}

/** An image's bytes, which are of that type by what they begin with. */
export interface LoadedImage {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const isPlace = isRecordOf<ImagePlace>({ runId: isText, path: isText });

/** Extension → view: all there is to show, replacing what was there. */
export const show = event<ImageGridSnapshot>('imageGrid/show');

/** View → extension: the bytes of one image of the grid. Rejects with why it cannot be drawn. */
export const loadImage = request<ImagePlace, LoadedImage>('imageGrid/loadImage', isPlace);

/** View → extension: list the images again. */
export const refresh = request<null, null>('imageGrid/refresh', (value): value is null => value === null);

/** View → extension: open an image in an editor. */
export const openImage = event<ImagePlace>('imageGrid/openImage', isPlace);

/** View → extension: open a run's summary. */
export const openRun = event<{ readonly runId: string }>(
  'imageGrid/openRun',
  isRecordOf<{ readonly runId: string }>({ runId: isText }),
);
