import { openServer } from './servers';

/** `holder URI FOLDER PYTHON`: starts a server, says where it is, and lives until it is killed. */
async function main(): Promise<void> {
  const [uri = '', folder = '', python = ''] = process.argv.slice(2);
  const { server } = await openServer(uri, folder, python);
  await server.becomeHealthy(new AbortController().signal);
  process.stdout.write(`${JSON.stringify({ group: server.group, address: server.address })}\n`);
  await server.ended;
}

void main();
