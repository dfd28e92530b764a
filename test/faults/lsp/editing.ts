import { isDeepStrictEqual } from 'node:util';
import {
  type Diagnostic,
  type DocumentDiagnosticReport,
  Emitter,
  type LogMessageParams,
  MessageType,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileReader } from '../../../language-server/files';
import { connect, introduce, open, pulls } from '../../language-server/client';
import { endBy } from '../measuredProcess';
import { askAll, requestsAbout, requestsAt } from './everyRequest';
import type { Findings } from './findings';

export interface EditedFile {
  readonly name: 'MLproject' | 'MLmodel' | 'python_env.yaml' | 'conda.yaml';
  readonly text: string;
}

const folder = 'file:///fuzz/';
/** A project for environment files to belong to, and a script for commands to name. */
const onDisk = new Map([
  ['MLproject', 'name: demo\n'],
  [
    'train.py',
    "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--alpha', type=float)\n",
  ],
]);

const files: FileReader = {
  kindOf: (uri) => Promise.resolve(onDisk.has(nameIn(uri)) ? 'file' : 'missing'),
  readText: (uri) => Promise.resolve(onDisk.get(nameIn(uri))),
  list: (uri) =>
    Promise.resolve(
      uri === folder ? [...onDisk.keys()].map((name) => ({ name, kind: 'file' as const })) : [],
    ),
};

function nameIn(uri: string): string {
  return uri.startsWith(folder) ? uri.slice(folder.length) : '';
}

/** A file under edit in a whole server over streams in this process; its text is kept here too, by itself. */
export class Editing {
  text: string;
  /** Where the last edit was. */
  caret = 0;
  private version = 1;
  private diagnostics: readonly Diagnostic[] = [];
  private readonly refreshed = new Emitter<void>();
  private refreshes = 0;
  private readonly uri: string;

  private constructor(
    private readonly client: ProtocolConnection,
    { name, text }: EditedFile,
    private readonly findings: Findings,
  ) {
    this.uri = folder + name;
    this.text = text;
    client.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.refreshed.fire();
      return null;
    });
    client.onNotification('window/logMessage', ({ type, message }: LogMessageParams) => {
      if (type === MessageType.Error) this.tell('answers', message);
    });
  }

  static async start(file: EditedFile, findings: Findings): Promise<Editing> {
    const client = connect({ files });
    const editing = new Editing(client, file, findings);
    await introduce(client, { capabilities: pulls });
    await open(client, editing.uri, file.text, languageOf(file));
    return editing;
  }

  stop(): void {
    this.client.dispose();
  }

  /** Replaces text, never half a line break; answers after how many ms the diagnostics had come. */
  async replace(from: number, to: number, inserted: string): Promise<number> {
    const [start, end] = [from, to].map((at) => this.outsideOfBreak(at)) as [number, number];
    const document = TextDocument.create(this.uri, '', 1, this.text);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    this.text = this.text.slice(0, start) + inserted + this.text.slice(end);
    this.caret = start + inserted.length;
    this.refreshes = 0;
    const begin = performance.now();
    await this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uri, version: ++this.version },
      contentChanges: [{ range, text: inserted }],
    });
    this.diagnostics = await this.pull(this.client);
    return performance.now() - begin;
  }

  async askEverything(offset: number): Promise<void> {
    const document = TextDocument.create(this.uri, '', 1, this.text);
    const whole = { start: { line: 0, character: 0 }, end: document.positionAt(this.text.length) };
    const requests = [
      ...requestsAbout(this.uri, whole),
      ...requestsAt(this.uri, document.positionAt(offset)),
    ];
    const before = this.findings.wrong.size;
    await askAll((method, params) => this.client.sendRequest(method, params), requests, this.findings);
    if (this.findings.wrong.size > before) this.tell('answers', 'with this text');
  }

  /**
   * The diagnostics against those of a server that was never told of another text. What was said at once may rest on
   * files as they were named before the edit: then the server asks to be asked again.
   */
  async compareWithFresh(): Promise<void> {
    const fresh = connect({ files });
    try {
      await introduce(fresh, { capabilities: pulls });
      await open(fresh, this.uri, this.text, languageOf({ name: nameIn(this.uri) }));
      const expected = await this.pull(fresh);
      while (!isDeepStrictEqual(this.diagnostics, expected)) {
        if (!(await this.isToAskAgain())) {
          this.tell('right', `${codes(this.diagnostics)} instead of ${codes(expected)}`);
          return;
        }
        this.diagnostics = await this.pull(this.client);
      }
    } finally {
      fresh.dispose();
    }
  }

  private async isToAskAgain(): Promise<boolean> {
    const asked = new Promise<void>((resolve) => this.refreshed.event(resolve));
    const isAsked =
      this.refreshes > 0 ||
      (await endBy(5_000, asked).then(
        () => true,
        () => false,
      ));
    this.refreshes = 0;
    return isAsked;
  }

  private async pull(client: ProtocolConnection): Promise<readonly Diagnostic[]> {
    const asking = client.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: this.uri },
    });
    const report = await endBy(60_000, asking);
    return report.kind === 'full' ? report.items : [];
  }

  private outsideOfBreak(offset: number): number {
    const at = Math.min(offset, this.text.length);
    return this.text.slice(at - 1, at + 1) === '\r\n' ? at - 1 : at;
  }

  private tell(question: 'answers' | 'right', what: string): void {
    this.findings.add(question, `${what.slice(0, 600)} in ${this.uri}: ${JSON.stringify(this.text)}`);
  }
}

function languageOf({ name }: { readonly name: string }): string {
  if (name === 'MLproject') return 'mlproject';
  return name === 'MLmodel' ? 'mlmodel' : 'yaml';
}

function codes(diagnostics: readonly Diagnostic[]): string {
  return `[${diagnostics.map(({ code, range: { start } }) => `${code ?? ''}@${start.line}:${start.character}`).join(' ')}]`;
}
