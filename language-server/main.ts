import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeFiles } from './nodeFiles';
import { startServer } from './server';

// The transport is the client's choice, in argv: --node-ipc, --stdio, --pipe=… or --socket=…
startServer(createConnection(ProposedFeatures.all), { files: nodeFiles });
