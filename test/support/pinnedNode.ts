import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pins } from './pins';
import { ensureNode, outsideNpm, withNode } from './tools';

/**
 * Does the work with the Node.js that all tiers run with, since stores in local files need a recent one: here if it is
 * the one, else by starting `mainFile` anew with the same arguments. Answers the exit code.
 */
export async function withPinnedNode(mainFile: string, work: () => Promise<number>): Promise<number> {
  if (process.versions.node === pins.node.version) return await work();
  const node = await ensureNode();
  const child = spawn(node.executable, ['--enable-source-maps', mainFile, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...outsideNpm(), ...withNode(node) },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
