import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type LogMessageParams,
  MessageType,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { projectRoot } from '../../support/cache';
import { introduce, open } from '../../language-server/client';
import { endBy } from '../measuredProcess';
import type { Findings } from './findings';

const serverModule = join(projectRoot(), 'dist', 'language-server.js');
const neighbour = 'file:///neighbour/MLproject';
/** The server looks for its parent each 3 s. */
const longestEnd = 30_000;

export interface StartOptions {
  /** Who must live for the server to live; this process unless said otherwise. */
  readonly processId?: number;
  readonly capabilities?: ClientCapabilities;
}

/** The built server over stdio, with a neighbour open in it whose diagnostics are known. */
export class ServerProcess {
  /** What it wrote to stderr and logged as an error. */
  readonly complaints: string[] = [];
  readonly ended: Promise<number | string>;

  private constructor(
    private readonly child: ChildProcessWithoutNullStreams,
    readonly client: ProtocolConnection,
  ) {
    this.ended = once(child, 'exit').then(
      ([code, signal]: (number | string | null)[]) => code ?? signal ?? 'unknown',
    );
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.complaints.push(text.trim()));
    // What is written to one that has gone is lost, as its end tells.
    child.stdin.on('error', () => undefined);
    client.onNotification('window/logMessage', ({ type, message }: LogMessageParams) => {
      if (type === MessageType.Error) this.complaints.push(message);
    });
    client.onError(() => undefined);
  }

  static async start({ processId = process.pid, capabilities }: StartOptions = {}): Promise<ServerProcess> {
    const child = spawn(process.execPath, [serverModule, '--stdio'], { stdio: 'pipe' });
    const reader = new StreamMessageReader(child.stdout);
    const server = new ServerProcess(
      child,
      createProtocolConnection(reader, new StreamMessageWriter(child.stdin)),
    );
    server.client.listen();
    await introduce(server.client, {
      processId,
      capabilities: capabilities ?? { textDocument: { diagnostic: {} } },
    });
    await open(server.client, neighbour, 'nmae: demo\n');
    return server;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Rejects if the server ends before it answers. */
  readonly ask = async (method: string, params: object): Promise<unknown> => {
    const ended = this.ended.then((how) => {
      throw new Error(`the server ended with ${how} at ${method}`);
    });
    return await Promise.race([this.client.sendRequest(method, params), ended]);
  };

  async diagnose(uri: string): Promise<readonly Diagnostic[]> {
    const report = (await this.ask('textDocument/diagnostic', {
      textDocument: { uri },
    })) as DocumentDiagnosticReport;
    return report.kind === 'full' ? report.items : [];
  }

  async change(uri: string, version: number, contentChanges: readonly object[]): Promise<void> {
    await this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async close(uri: string): Promise<void> {
    await this.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Past the client: bytes as they are. */
  write(bytes: string): void {
    this.child.stdin.write(bytes);
  }

  hangUp(): void {
    this.child.stdin.end();
  }

  /** How it ended of its own accord. */
  async end(): Promise<number | string> {
    return await endBy(longestEnd, this.ended);
  }

  /** Whether all is as if nothing had happened. */
  async judge(findings: Findings): Promise<void> {
    await this.judgeNeighbour(findings);
    for (const complaint of this.complaints) findings.add('answers', complaint.slice(0, 600));
  }

  async judgeNeighbour(findings: Findings): Promise<void> {
    const codes = (await endBy(longestEnd, this.diagnose(neighbour))).map(({ code }) => code);
    if (codes.join() !== 'mlproject.unknown-key') findings.add('neighbours', `[${codes.join()}]`);
    if (this.hasEnded) findings.add('alive', 'the server ended');
  }

  async stop(): Promise<void> {
    this.client.dispose();
    if (this.hasEnded) return;
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** Runs a trial with a server of its own, and judges what has become of that. */
export async function withServer(
  findings: Findings,
  act: (server: ServerProcess) => Promise<string>,
  options: StartOptions = {},
): Promise<string> {
  const server = await ServerProcess.start(options);
  try {
    const outcome = await act(server);
    await server.judge(findings);
    return outcome;
  } finally {
    await server.stop();
  }
}
