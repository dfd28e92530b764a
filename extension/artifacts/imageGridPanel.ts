import {
  loadImage,
  openImage,
  openRun,
  refresh,
  show,
  type ImageGridSnapshot,
  type ImageGridSubject,
  type ImagePlace,
  type LoadedImage,
} from '../../webviews/protocol/imageGrid';
import type { Disposable } from '../catalog/emitter';
import type { ArtifactTarget, RunTarget } from '../manifest';
import type { Session, Sessions } from '../session';
import { causeOf, isCancellation } from '../tracking/errors';
import { Lifetime } from '../ui/lifetime';
import type { PanelFrame } from '../ui/panelHost';
import { SessionFollower } from '../ui/sessionFollower';
import { UserError } from '../ui/userError';
import { composeImageGrid, isImagePath, type RunImages } from './composeImageGrid';
import { listFiles } from './listFiles';
import { sniffImage } from './sniffImage';

/** In bytes, and in pixels: a larger image is not drawn. */
const mostBytes = 20 * 2 ** 20;
const mostPixels = 50e6;

const never = new AbortController().signal;

export interface ImageGridSources {
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'retry' | 'onDidChange'>;
  readonly openImage: (artifact: ArtifactTarget) => unknown;
  readonly openRun: (run: RunTarget) => unknown;
}

/** The images of some runs in one panel. Ends with its panel. */
export class ImageGridPanel implements Disposable {
  private readonly lifetime = new Lifetime();
  private readonly follower: SessionFollower;
  private snapshot: ImageGridSnapshot;

  constructor(
    private readonly panel: PanelFrame,
    private readonly sources: ImageGridSources,
    private readonly subject: ImageGridSubject,
  ) {
    this.snapshot = { kind: 'loading', subject };
    this.answer();
    const { lifetime } = this;
    lifetime.add(panel.onDidBecomeReady(() => this.send()));
    lifetime.add(panel.onDidDispose(() => this.dispose()));
    this.follower = lifetime.add(
      new SessionFollower({
        panel,
        sessions: sources.sessions,
        connectionUri: () => subject.connectionUri,
        whose: () => 'These runs belong',
        // Images are listed again when the user says so: a run that is under way would have the grid move for ever.
        concerns: () => false,
        read: (session, isCurrent) => this.read(session, isCurrent),
        fail: (error) => {
          const cause = isCancellation(error) ? 'Loading was stopped.' : causeOf(error);
          if (this.snapshot.kind !== 'ready' || !this.follower.mayPass(error))
            this.become({ kind: 'failed', subject, cause });
        },
      }),
    );
    void this.follower.load();
  }

  dispose(): void {
    this.lifetime.dispose();
  }

  private answer(): void {
    const { channel } = this.panel;
    channel.handle(loadImage, (place, signal) => this.loadImage(place, signal));
    channel.handle(refresh, async () => {
      const { sessions } = this.sources;
      if (this.snapshot.kind === 'failed') this.become({ kind: 'loading', subject: this.subject });
      if (sessions.state.kind === 'failed') await sessions.retry();
      await this.follower.load();
      return null;
    });
    channel.listen(openImage, ({ runId, path }) => {
      if (this.isShown({ runId, path })) this.sources.openImage({ runId, artifact: { path } });
    });
    channel.listen(openRun, ({ runId }) => {
      if (this.subject.runIds.includes(runId)) this.sources.openRun({ runId });
    });
  }

  private async read({ catalog }: Session, isCurrent: () => boolean): Promise<void> {
    let isCut = false;
    const readRun = async (runId: string): Promise<RunImages> => {
      const run = await catalog.run(runId).catch(causeOf);
      if (typeof run === 'string') return { runId, name: runId, paths: [], failure: run };
      const name = run.name || run.id;
      try {
        const listed = await listFiles(catalog, runId, never, () => undefined);
        isCut ||= listed.isCut;
        return { runId, name, paths: listed.files.map(({ path }) => path).filter(isImagePath) };
      } catch (error) {
        return { runId, name, paths: [], failure: causeOf(error) };
      }
    };
    const runs = await Promise.all(this.subject.runIds.map(readRun));
    if (!isCurrent()) return;
    this.become({ kind: 'ready', subject: this.subject, grid: composeImageGrid(runs, isCut) });
    this.panel.title = `Images of ${runs.length} ${runs.length === 1 ? 'Run' : 'Runs'}`;
  }

  /** The bytes of an image, if they are of one that a view may decode. */
  private async loadImage({ runId, path }: ImagePlace, signal: AbortSignal): Promise<LoadedImage> {
    if (!this.isShown({ runId, path })) throw new UserError('This image is not shown here.');
    const { catalog } = await this.follower.demand();
    const bytes = await catalog.artifact(runId, path, mostBytes, signal);
    if (!bytes) throw new UserError('The file is gone.');
    const facts = sniffImage(bytes);
    if (!facts) throw new UserError('It is no PNG, JPEG, GIF or WebP image.');
    const { type, width, height } = facts;
    if (width * height > mostPixels)
      throw new UserError(`${width} × ${height} pixels are too many to be drawn.`);
    return { type, bytes };
  }

  /** The view may only name what it was shown. */
  private isShown({ runId, path }: ImagePlace): boolean {
    if (this.snapshot.kind !== 'ready') return false;
    const row = this.snapshot.grid.rows.find((one) => one.runId === runId);
    return row?.images.some((image) => image?.path === path || image?.fullPath === path) ?? false;
  }

  private become(snapshot: ImageGridSnapshot): void {
    this.snapshot = snapshot;
    this.send();
  }

  private send(): void {
    this.panel.channel.send(show, this.snapshot);
  }
}
