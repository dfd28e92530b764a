import * as vscode from 'vscode';
import { readMlmodel } from '../../language-server/documents/mlmodel';
import { parseYaml } from '../../language-server/documents/yamlText';
import type { FilePlace, ModelSubject } from '../../webviews/protocol/modelPreview';
import { causeOf } from '../tracking/errors';
import { copyTexts } from '../ui/copyText';
import { besideParts, documentScheme, readSubject, toUriParts } from '../ui/documentUri';
import { FolderFiles } from '../ui/folderFiles';
import { pickModelFile } from '../ui/pickModelFile';
import { UserError } from '../ui/userError';
import { flavorsOf } from './composeFlavors';
import type { ReadModel } from './readModel';
import type { ModelFolder } from './fileReader';
import type { FileText } from './fileText';
import { chooseLoadingCode } from '../ui/loadingCode';
import { nameFolder, uriOfModel } from '../ui/modelUri';

/** The MLmodel that a command is about: the one given, else that of the active editor, else one that the user picks. */
export async function chooseModelFile(given: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  if (given) return given;
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId === 'mlmodel') return active.uri;
  return await pickModelFile();
}

/** What the preview of an MLmodel shows: a version or a logged model where the document is of one. */
export function subjectOf(uri: vscode.Uri): ModelSubject {
  const shown = uri.scheme === documentScheme ? readSubject(uri.query) : undefined;
  switch (shown?.kind) {
    case 'version': {
      const { kind, connectionUri, modelName, version } = shown;
      return { kind, connectionUri, modelName, version };
    }
    case 'loggedModel': {
      const { kind, connectionUri, modelId } = shown;
      return { kind, connectionUri, modelId };
    }
    case 'run':
    case 'signature':
    case undefined:
      return { kind: 'file', uri: uri.toString() };
  }
}

/** `mlflow.modelFile.copyLoadingCode`: Python code that loads the model of an MLmodel. */
export async function copyLoadingCode(uri: vscode.Uri): Promise<void> {
  const folder = openFolder(uri.toString());
  try {
    const file = await folder.read('MLmodel');
    if (file.kind !== 'text')
      throw new UserError(
        file.kind === 'failed'
          ? `The MLmodel could not be read: ${file.cause}`
          : 'There is no MLmodel there.',
      );
    const model = readMlmodel(parseYaml(file.text));
    const names = flavorsOf(model).map(({ name }) => name);
    const code = chooseLoadingCode(names, folder.uriFor({ model, texts: new Map() }));
    if (code === undefined) throw new UserError('The model has no flavor that MLflow can load in Python.');
    await copyTexts([code], 'loading code');
  } finally {
    folder.dispose();
  }
}

/** The folder of an MLmodel as a preview reads it. */
export function openFolder(uriText: string): ModelFolder {
  const uri = vscode.Uri.parse(uriText);
  const files = new FolderFiles(uri);
  return {
    name: nameFolder(uri.path),
    onDidChange: files.onDidChange,
    read: (name) => readText(files, name, uri),
    look: async (name) => (await files.look(name)) ?? { kind: 'unlisted' },
    uriFor: (read: ReadModel) =>
      uriOfModel(
        read.model,
        uri.scheme === 'file' ? vscode.Uri.joinPath(uri, '..').fsPath : undefined,
        uri.path,
      ),
    dispose: () => {
      files.dispose();
    },
  };
}

/** The MLmodel itself may be called otherwise, as a copy of it is. */
async function readText(files: FolderFiles, name: string, own: vscode.Uri): Promise<FileText> {
  try {
    const text = await files.read(name === 'MLmodel' ? own.path.replace(/^.*\//, '') : name);
    return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
  } catch (error) {
    return { kind: 'failed', cause: causeOf(error) };
  }
}

/** Opens one of a model's files in an editor, a folder in the explorer. */
export async function openModelFile(subject: ModelSubject, { name, line }: FilePlace): Promise<void> {
  const uri = uriOfFile(subject, name);
  if (subject.kind === 'file' && (await isFolder(uri))) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
    return;
  }
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  const options = line > 0 ? { selection: new vscode.Range(at, at) } : {};
  await vscode.commands.executeCommand('vscode.open', uri, options);
}

function uriOfFile(subject: ModelSubject, name: string): vscode.Uri {
  if (subject.kind === 'file') {
    const uri = vscode.Uri.parse(subject.uri);
    return uri.with(besideParts(uri, name));
  }
  const title = subject.kind === 'version' ? `${subject.modelName} ${subject.version}` : subject.modelId;
  return vscode.Uri.from(toUriParts({ ...subject, file: name }, title));
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
