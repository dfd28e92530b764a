import { spawn } from 'node:child_process';
import { until } from '../../support/until';
import type { Findings } from './findings';
import type { LspTrial } from './lspTrial';
import { ServerProcess } from './serverProcess';

/** What is written where a message should be. */
const broken: Readonly<Record<string, string>> = {
  'bad Content-Length: a word': 'Content-Length: many\r\n\r\n',
  'bad Content-Length: negative': 'Content-Length: -5\r\n\r\n',
  'no Content-Length': 'Content-Type: text/plain\r\n\r\n',
  'Content-Length too short': frame('{"jsonrpc":"2.0","method":"$/vanish"}', -5) + '\r\n\r\n',
  'no JSON': frame('{{{{{'),
  'JSON that is no message': frame('[1, null, "x"]') + frame('null') + frame('{"id":{}}'),
  'no UTF-8 by that name': `Content-Length: 2\r\nContent-Type: application/json; charset=klingon\r\n\r\n{}`,
};

function frame(body: string, off = 0): string {
  return `Content-Length: ${body.length + off}\r\n\r\n${body}`;
}

/** After these nobody can tell where a message begins: the server says so and ends, and a client may start another. */
const lost = new Set([
  'bad Content-Length: a word',
  'bad Content-Length: negative',
  'no Content-Length',
  'Content-Length too short',
]);

export const framingTrials: readonly LspTrial[] = Object.entries(broken).map(([name, bytes]) => ({
  group: 'protocol',
  name,
  run: async (findings) => {
    const server = await ServerProcess.start();
    try {
      server.write(bytes);
      if (!lost.has(name)) return `understands again after ${await resume(server, findings)} messages`;
      const how = await server.end();
      const said = server.complaints.join(' ');
      if (how !== 1 || !said.includes('Content-Length')) findings.add('alive', `ended with ${how}: ${said}`);
      return `ends with ${how}: ${said}`;
    } finally {
      await server.stop();
    }
  },
}));

/**
 * Asks, and goes on sending messages until the answer comes: what stands behind a broken header is read when more
 * arrives. Answers how many it took.
 */
async function resume(server: ServerProcess, findings: Findings): Promise<number> {
  let isJudged = false;
  let sent = 1;
  const judge = async () => {
    await server.judgeNeighbour(findings);
    isJudged = true;
  };
  const send = async () => {
    sent++;
    await server.client.sendNotification('$/nothing');
    return isJudged;
  };
  await Promise.all([judge(), until('the server understands again', send)]);
  return sent;
}

export const endTrials: readonly LspTrial[] = [
  {
    group: 'protocol',
    name: 'exit without shutdown',
    run: endsWith(1, (server) => server.client.sendNotification('exit')),
  },
  {
    group: 'protocol',
    name: 'exit after shutdown',
    run: endsWith(0, async (server) => {
      await server.ask('shutdown', {});
      await server.client.sendNotification('exit');
    }),
  },
  {
    group: 'protocol',
    name: 'client hangs up',
    run: endsWith(1, (server) => {
      server.hangUp();
    }),
  },
  { group: 'protocol', name: 'parent dies', run: dieWithParent },
];

function endsWith(code: number, act: (server: ServerProcess) => Promise<void> | void): LspTrial['run'] {
  return async (findings) => {
    const server = await ServerProcess.start();
    try {
      await act(server);
      const how = await server.end();
      if (how !== code) findings.add('alive', `ended with ${how}`);
      return `ends with ${how}`;
    } finally {
      await server.stop();
    }
  };
}

/** The streams stay open, as somebody else may hold them. */
async function dieWithParent(): Promise<string> {
  const parent = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const server = await ServerProcess.start({ processId: parent.pid ?? process.pid });
  try {
    parent.kill('SIGKILL');
    return `ends with ${await server.end()}`;
  } finally {
    parent.kill('SIGKILL');
    await server.stop();
  }
}
