import type { Session, Sessions } from '../session';
import type { ModelVersion } from '../tracking/model';
import type { PanelFrame } from '../ui/panelHost';
import { SessionFollower } from '../ui/sessionFollower';
import type { ModelSubject, SourceRun } from '../../webviews/protocol/modelPreview';
import type { ReadModel } from './composeModel';
import type { ModelDisplay, ModelReader } from './modelReader';
import { readModel } from './readModel';
import { filesOfVersion, findModelVersion, readSourceRun } from './versionSource';

export interface VersionReaderSources {
  readonly subject: ModelSubject & { readonly kind: 'version' };
  readonly panel: Pick<PanelFrame, 'isVisible' | 'onDidChangeVisibility'>;
  readonly sessions: Pick<Sessions, 'state' | 'demand' | 'retry' | 'onDidChange'>;
  readonly display: ModelDisplay;
}

/** Reads a version of a registered model from the session of its connection, and again as that changes. */
export class VersionReader implements ModelReader {
  private readonly follower: SessionFollower;
  private last: ReadModel | undefined;
  private experimentId: string | undefined;

  constructor(private readonly sources: VersionReaderSources) {
    const { subject, panel, sessions, display } = sources;
    this.follower = new SessionFollower({
      panel,
      sessions,
      connectionUri: () => subject.connectionUri,
      whose: () => 'This model version belongs',
      concerns: ({ experimentId }) => experimentId === this.experimentId,
      concernsModel: (modelName = subject.modelName) => modelName === subject.modelName,
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
    const { sessions, subject } = this.sources;
    if (sessions.state.kind === 'failed') await sessions.retry();
    const { state } = sessions;
    if (state.kind === 'ready')
      await state.session.catalog.refresh({ kind: 'versions', modelName: subject.modelName });
    await this.follower.load();
  }

  mayPass(error: unknown): boolean {
    return this.follower.mayPass(error);
  }

  dispose(): void {
    this.follower.dispose();
  }

  private async read({ catalog }: Session, isCurrent: () => boolean): Promise<void> {
    const { modelName, version: number } = this.sources.subject;
    const version = await findModelVersion(catalog, modelName, number);
    const { runId } = version;
    let run: SourceRun | undefined = runId ? { id: runId } : undefined;
    const publish = () => {
      if (isCurrent() && this.last) this.publish(this.last, version, run);
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
    await Promise.all([
      readModel(filesOfVersion(catalog, version), take, this.last),
      runId ? readRun(runId) : undefined,
    ]);
  }

  private publish(read: ReadModel, version: ModelVersion, run: SourceRun | undefined): void {
    const { name, version: number } = version;
    this.sources.display.show(read, {
      name,
      uri: `models:/${name}/${number}`,
      version,
      ...(run ? { run } : {}),
      findVersion: () => undefined,
    });
  }
}
