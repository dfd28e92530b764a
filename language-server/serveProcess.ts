import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { Framing } from './framing';
import { nodeFiles } from './nodeFiles';
import { startServer } from './server';

/** Serves the client that argv names: --node-ipc, --stdio, --pipe=… or --socket=… */
export function serveProcess(onDiagnosed: () => void): void {
  if (process.argv.includes('--stdio')) endWhenLost();
  startServer(createConnection(ProposedFeatures.all), { files: nodeFiles, onDiagnosed });
}

/** Ends with a word on stderr once the client's messages cannot be told apart any more. */
function endWhenLost(): void {
  const framing = new Framing();
  process.stdin.on('data', (bytes: Buffer) => {
    const header = framing.take(bytes);
    if (header === undefined) return;
    const shown = JSON.stringify(header.slice(0, 200));
    process.stderr.write(`A message without a valid Content-Length cannot be read: ${shown}\n`, () => {
      process.exit(1);
    });
  });
}
