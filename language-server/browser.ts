import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { startServer } from './server';

/** The web worker that this is; the types of this program know of none. */
declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

// There are no files but those that the client reads.
const [reader, writer] = [new BrowserMessageReader(self), new BrowserMessageWriter(self)];
startServer(createConnection(ProposedFeatures.all, reader, writer));
