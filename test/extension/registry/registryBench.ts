import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { Attention } from '../../../extension/catalog/attention';
import type { Connection } from '../../../extension/connections/connection';
import type { Edit } from '../../../extension/editing/edit';
import { Editing } from '../../../extension/editing/editing';
import { Session } from '../../../extension/catalog/session';
import { RestStore } from '../../../extension/tracking/rest/restStore';
import { projectRoot } from '../../support/cache';
import { administrator, type MlflowServer, withoutMlflow } from '../../support/mlflowServer';

export interface ShownVersion {
  readonly source: string;
  readonly stage: string;
  readonly description: string;
  readonly runId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly reviews: readonly Readonly<Record<string, unknown>>[];
}

/** A registered model as MLflow's own client has it. */
export interface ShownModel {
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly aliases: Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, ShownVersion>>;
}

/** MLflow's own client, as the administrator of a server. */
export class PythonClient {
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string, undefined>;

  constructor({ uri, python }: MlflowServer) {
    const script = join(projectRoot(), 'test/extension/registry/registry.py');
    const env = {
      ...withoutMlflow(process.env),
      MLFLOW_TRACKING_URI: uri,
      MLFLOW_TRACKING_USERNAME: administrator.username,
      MLFLOW_TRACKING_PASSWORD: administrator.password,
      MLFLOW_DISABLE_TELEMETRY: 'true',
    };
    this.process = spawn(python, [script], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface(this.process.stdout)[Symbol.asyncIterator]();
  }

  /** What registry.py answers. */
  async ask(...question: readonly string[]): Promise<unknown> {
    this.process.stdin.write(`${JSON.stringify(question)}\n`);
    const line: IteratorResult<string, undefined> = await this.lines.next();
    if (line.done) throw new Error(`Python ended at ${question.join(' ')}`);
    return JSON.parse(line.value);
  }

  async show(name: string): Promise<ShownModel | undefined> {
    return ((await this.ask('show', name)) as ShownModel | null) ?? undefined;
  }

  dispose(): void {
    this.process.stdin.end();
  }
}

/** Somebody who edits a server's registry, with what they were told. */
export class RegistryBench {
  readonly errors: string[] = [];
  readonly session: Session;
  readonly editing: Editing;

  constructor(server: MlflowServer, username: string, password: string, pageSize = 100) {
    const token = Buffer.from(`${username}:${password}`).toString('base64');
    const authorize = () => Promise.resolve(new Map([['authorization', `Basic ${token}`]]));
    const store = new RestStore({
      baseUri: server.uri,
      authorize,
      timeoutMs: 30_000,
      log: () => undefined,
    });
    const connection: Connection = { uri: server.uri, source: 'found', sourceLabel: '', authorize };
    const session = new Session(
      connection,
      store,
      { version: undefined },
      { pageSize: () => pageSize, attention: new Attention(), isSeen: () => true },
    );
    this.session = session;
    this.editing = new Editing({
      sessions: {
        state: { kind: 'ready', connection, session },
        demand: () => Promise.resolve(session),
        onDidChange: () => ({ dispose: () => undefined }),
      },
      report: { error: (error) => this.errors.push((error as Error).message) },
      log: { error: () => undefined },
      openLocalEditor: () => Promise.reject(new Error('not a local store')),
      showProgress: (_title, task) => task(new AbortController().signal, () => undefined),
      undoOffer: {
        offer: () => undefined,
        confirm: () => undefined,
        withdraw: () => undefined,
        dispose: () => undefined,
      },
    });
  }

  async edit(edit: Edit): Promise<void> {
    await this.editing.run(this.session, edit.label, [edit]);
  }

  dispose(): void {
    this.editing.dispose();
    this.session.dispose();
  }
}
