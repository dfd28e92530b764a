import type { GridImage, ImagePlace, LoadedImage } from '../protocol/imageGrid';
import { button, element } from '../shared/dom';
import { icon } from '../shared/icons';
import { visibleText } from '../shared/text';

export interface CellActions {
  readonly load: (place: ImagePlace, signal: AbortSignal) => Promise<LoadedImage>;
  readonly openImage: (place: ImagePlace) => void;
}

/** The largest that an image is drawn, in CSS pixels. */
const box = { width: 180, height: 135 };

/**
 * One image: drawn while it is near the screen. It goes to a canvas, since the view's content policy lets no image load from
 * anywhere; what cannot be decoded as pixels, such as SVG, is not drawn.
 */
export class ImageCell {
  readonly element: HTMLButtonElement;
  private loading: AbortController | undefined;
  private isDrawn = false;

  constructor(
    private readonly runId: string,
    private readonly image: GridImage,
    label: string,
    private readonly actions: CellActions,
  ) {
    const onClick = () => {
      actions.openImage({ runId, path: image.fullPath });
    };
    this.element = button({ class: 'image', tabIndex: -1, title: label, aria: { label }, onClick });
    this.wait();
  }

  /** Loads and draws it, once. */
  async draw(): Promise<void> {
    if (this.loading || this.isDrawn) return;
    const loading = new AbortController();
    this.loading = loading;
    try {
      const { type, bytes } = await this.actions.load(
        { runId: this.runId, path: this.image.path },
        loading.signal,
      );
      const bitmap = await createImageBitmap(new Blob([bytes.slice()], { type }));
      if (!loading.signal.aborted) this.put(bitmap);
      bitmap.close();
    } catch (error) {
      if (!loading.signal.aborted) this.fail(error instanceof Error ? error.message : String(error));
    } finally {
      if (this.loading === loading) this.loading = undefined;
    }
  }

  /** Calls off the loading, or gives the memory of what is drawn back. */
  drop(): void {
    this.loading?.abort();
    this.loading = undefined;
    this.isDrawn = false;
    this.wait();
  }

  private wait(): void {
    this.element.replaceChildren(element('span', { class: 'waiting' }));
  }

  private put(bitmap: ImageBitmap): void {
    const canvas = element('canvas', { aria: { hidden: 'true' } });
    const ratio = Math.min(1, box.width / bitmap.width, box.height / bitmap.height);
    const density = Math.min(1 / ratio, window.devicePixelRatio);
    canvas.width = Math.max(1, Math.round(bitmap.width * ratio * density));
    canvas.height = Math.max(1, Math.round(bitmap.height * ratio * density));
    canvas.style.width = `${Math.max(1, Math.round(bitmap.width * ratio))}px`;
    const context = canvas.getContext('2d');
    if (context) context.imageSmoothingQuality = 'high';
    context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    this.isDrawn = true;
    this.element.replaceChildren(canvas);
  }

  private fail(cause: string): void {
    this.isDrawn = true;
    const reason = visibleText(cause.slice(0, 200) || 'It could not be decoded.');
    this.element.replaceChildren(icon('failed'), element('span', { class: 'cause stranger' }, reason));
  }
}
