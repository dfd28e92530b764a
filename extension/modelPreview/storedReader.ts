import type { Session, Sessions } from '../session';
import type { PanelFrame } from '../ui/panelHost';
import { SessionFollower } from '../ui/sessionFollower';
import type { SourceRun } from '../../webviews/protocol/modelPreview';
import { readModel, type ReadModel } from './readModel';
import type { ModelDisplay, ModelReader } from './modelReader';
import { sourceOf, type StoredModel, type StoredSubject } from './storedModels';
import { readSourceRun } from './storedSources';

export interface StoredReaderSources {
  readonly subject: StoredSubject;
  readonly panel: Pick<PanelFrame, 'isVisible' | 'onDidChangeVisibility'>;
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'retry' | 'onDidChange'>;
  readonly display: ModelDisplay;
}

/** Reads a model that a store keeps from the session of its connection, and again as that changes. */
export class StoredReader implements ModelReader {
  private readonly follower: SessionFollower;
  private readonly source;
  private last: ReadModel | undefined;
  private experimentId: string | undefined;

  constructor(private readonly sources: StoredReaderSources) {
    const { subject, panel, sessions, display } = sources;
    this.source = sourceOf(subject);
    this.follower = new SessionFollower({
      panel,
      sessions,
      connectionUri: () => subject.connectionUri,
      whose: () => this.source.whose,
      concerns: ({ experimentId }) => experimentId === this.experimentId,
      concernsModel: (modelName) => this.source.concernsModel(modelName),
      read: (session, isCurrent) => this.read(session, isCurrent),
      fail: (error) => {
        display.fail(error);
      },
    });
  }

  load(): Promise<void> {
    return this.follower.load();
  }

  async refresh(): Promise<void> {
    const { sessions } = this.sources;
    if (sessions.state.kind === 'failed') await sessions.retry();
    const { state } = sessions;
    if (state.kind === 'ready') await this.source.refresh(state.session.catalog);
    await this.follower.load();
  }

  mayPass(error: unknown): boolean {
    return this.follower.mayPass(error);
  }

  dispose(): void {
    this.follower.dispose();
  }

  private async read({ catalog }: Session, isCurrent: () => boolean): Promise<void> {
    const stored = await this.source.find(catalog);
    const { runId } = stored;
    let run: SourceRun | undefined = runId ? { id: runId } : undefined;
    const publish = () => {
      if (isCurrent() && this.last) this.publish(this.last, stored, run);
    };
    const readRun = async (id: string) => {
      run = await readSourceRun(catalog, id);
      this.experimentId = catalog.findRun(id)?.experimentId;
      publish();
    };
    const take = (read: ReadModel) => {
      if (!isCurrent()) return;
      this.last = read;
      publish();
    };
    await Promise.all([readModel(stored.files, take, this.last), runId ? readRun(runId) : undefined]);
  }

  private publish(read: ReadModel, { about }: StoredModel, run: SourceRun | undefined): void {
    this.sources.display.show(read, { ...about, ...(run ? { run } : {}) });
  }
}
