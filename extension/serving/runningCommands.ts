import * as vscode from 'vscode';
import type { RunningTarget } from '../manifest';
import type { WindowServer } from '../processes/windowServers';
import { copyTexts } from '../ui/copyText';
import { pickServer } from '../ui/pickServer';
import { serveModel } from '../ui/steps';
import { UserError } from '../ui/userError';
import type { RunningTree } from './runningTree';

export async function stopServer(running: RunningTree, target?: RunningTarget): Promise<void> {
  const one = await chooseServer(running, 'Stop which server?', target);
  await one?.server.stop();
}

export async function showServerLog(running: RunningTree, target?: RunningTarget): Promise<void> {
  const one = await chooseServer(running, 'Show the log of which server?', target);
  one?.served.showLog();
}

export async function copyServerAddress(running: RunningTree, target?: RunningTarget): Promise<void> {
  const one = await chooseServer(running, 'Copy the address of which server?', target);
  if (one) await copyTexts([one.server.address], 'address');
}

/** Opens the server's page, by way of a forwarded port where VS Code runs elsewhere. */
export async function openServer(running: RunningTree, target?: RunningTarget): Promise<void> {
  const one = await chooseServer(running, 'Open the page of which server?', target);
  if (!one) return;
  const { page = '/' } = one.served;
  const uri = vscode.Uri.parse(one.server.address + page, true);
  await vscode.env.openExternal(await vscode.env.asExternalUri(uri));
}

/** The server that was given, else the only one, else one that the user picks. */
async function chooseServer(
  running: RunningTree,
  title: string,
  target?: RunningTarget,
): Promise<WindowServer | undefined> {
  if (target) return running.find(target.serverId);
  const all = running.servers.list();
  if (all.length === 0) {
    throw new UserError('No server runs in this window.', { next: serveModel });
  }
  return await pickServer(all, title);
}
