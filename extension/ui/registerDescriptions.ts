import * as vscode from 'vscode';
import type { DescriptionFilesOptions } from './descriptionFiles';
import { Lazy } from './lazy';
import { descriptionScheme } from './openDescription';

/** Has descriptions opened and saved as Markdown files. */
export function registerDescriptions(options: DescriptionFilesOptions): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const type = vscode.FileChangeType.Changed;
  const files = new Lazy(async () => {
    const { DescriptionFiles } = await import('./descriptionFiles');
    return new DescriptionFiles(options, (uri) => changed.fire([{ type, uri }]));
  });
  const refuse = () => {
    throw vscode.FileSystemError.NoPermissions();
  };
  return vscode.Disposable.from(
    files,
    changed,
    vscode.workspace.registerFileSystemProvider(
      descriptionScheme,
      {
        onDidChangeFile: changed.event,
        watch: () => vscode.Disposable.from(),
        stat: async (uri) => (await files.demand()).stat(uri),
        readFile: async (uri) => (await files.demand()).readFile(uri),
        writeFile: async (uri, content) => (await files.demand()).writeFile(uri, content),
        ...{ readDirectory: () => [], createDirectory: refuse, delete: refuse, rename: refuse },
      },
      { isCaseSensitive: true },
    ),
  );
}
