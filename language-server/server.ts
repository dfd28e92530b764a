import { type Connection, TextDocuments, TextDocumentSyncKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/**
 * Serves one client until it says exit or hangs up. The connection is not yet listening; whoever made it chose the
 * transport: a process's standard streams or channel, a browser worker, a stream in a test.
 */
export function startServer(connection: Connection): void {
  connection.onInitialize(() => ({
    serverInfo: { name: 'MLflow Lens' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    },
  }));
  new TextDocuments(TextDocument).listen(connection);
  connection.listen();
}
