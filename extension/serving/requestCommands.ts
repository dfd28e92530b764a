import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunningTarget } from '../manifest';
import { copyTexts } from '../ui/copyText';
import { pickServer } from '../ui/pickServer';
import { serveModel } from '../ui/steps';
import type { TextDocuments } from '../ui/textDocuments';
import { UserError } from '../ui/userError';
import { withCancel } from '../ui/withCancel';
import { composeCurl } from './curl';
import { composeRequest } from './composeRequest';
import { suggestImage } from './modelProgram';
import { readModelFiles } from './readModel';
import type { RunningTree } from './runningTree';
import { formatReply, sendRequest } from './scoring';
import type { ModelServer, ServedModel } from './serveCommands';

/** Requests to served models: a document each, whose text is sent, and the last reply beside it. */
export class Requests {
  /** The document of each server, by its id. */
  private readonly documents = new Map<string, vscode.TextDocument>();

  constructor(
    private readonly running: RunningTree,
    private readonly replies: TextDocuments,
  ) {}

  /** Sends what stands in the request's document, which is made if there is none yet. */
  async send(target?: RunningTarget): Promise<void> {
    const one = await this.choose('Send a request to which model?', target);
    if (!one) return;
    const document = await this.demandDocument(one);
    await vscode.window.showTextDocument(document, { preview: false, ...columnOf(document.uri) });
    const text = document.getText();
    const { name } = one.served;
    const scored = await withCancel(`Waiting for the reply of ${name}…`, (signal) =>
      sendRequest(one.server.address, text, signal),
    );
    const uri = this.replies.set(`reply-${suggestImage(name)}.json`, formatReply(scored));
    const reply = await vscode.workspace.openTextDocument(uri);
    const column = columnOf(uri) ?? { viewColumn: vscode.ViewColumn.Beside };
    await vscode.window.showTextDocument(reply, { preview: false, preserveFocus: true, ...column });
  }

  /** Copies a command that sends what stands in the request's document, or what would stand in it. */
  async copyCurl(target?: RunningTarget): Promise<void> {
    const one = await this.choose('Copy the curl command for which model?', target);
    if (!one) return;
    const text = this.findDocument(one)?.getText() ?? (await readRequest(one.served));
    await copyTexts([composeCurl(one.server.address, text)], 'curl command');
  }

  /** The server that was given, else that of the request that is being written, else one that the user picks. */
  private async choose(title: string, target?: RunningTarget): Promise<ModelServer | undefined> {
    const { servers } = this.running;
    const answering = servers.list().filter(({ served }) => !servers.isStarting(served.id));
    const models = answering.filter(isModel);
    const active = vscode.window.activeTextEditor?.document;
    const isMeant = ({ served }: ModelServer): boolean =>
      target
        ? served.id === target.serverId
        : active !== undefined && this.documents.get(served.id) === active;
    const meant = models.find(isMeant);
    if (meant) return meant;
    if (target) throw new UserError('That model does not answer yet, or no longer.');
    if (models.length === 0) {
      throw new UserError('No model is served in this window.', { next: serveModel });
    }
    return await pickServer(models, title);
  }

  private findDocument({ served }: ModelServer): vscode.TextDocument | undefined {
    const document = this.documents.get(served.id);
    return document?.isClosed === false ? document : undefined;
  }

  private async demandDocument(one: ModelServer): Promise<vscode.TextDocument> {
    const present = this.findDocument(one);
    if (present) return present;
    const text = await readRequest(one.served);
    const uri = untitled(one.served.programs.folder, `request-${suggestImage(one.served.name)}`);
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, all, `${text.trimEnd()}\n`);
    await vscode.workspace.applyEdit(edit);
    this.documents.set(one.served.id, document);
    return document;
  }
}

function isModel(one: { readonly served: { readonly kind: string } }): one is ModelServer {
  return one.served.kind === 'model';
}

async function readRequest({ name, source, programs }: ServedModel): Promise<string> {
  const files = await withCancel(`Reading the input example of ${name}…`, (signal) =>
    readModelFiles(programs.compose([]), source.uri, signal),
  );
  return composeRequest(files);
}

/** A document that is nowhere yet; saving it offers the folder. No file has its name. */
function untitled(folder: string, name: string): vscode.Uri {
  for (let count = 1; ; count++) {
    const path = join(folder, `${name}${count === 1 ? '' : `-${count}`}.json`);
    const uri = vscode.Uri.file(path).with({ scheme: 'untitled' });
    const isOpen = vscode.workspace.textDocuments.some(
      (document) => document.uri.toString() === uri.toString(),
    );
    if (!existsSync(path) && !isOpen) return uri;
  }
}

/** Where the document is in sight already. */
function columnOf(uri: vscode.Uri): { readonly viewColumn: vscode.ViewColumn } | undefined {
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  return editor?.viewColumn === undefined ? undefined : { viewColumn: editor.viewColumn };
}
