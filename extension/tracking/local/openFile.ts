import { open, type FileHandle } from 'node:fs/promises';
import type { ArtifactStream, ResumePoint } from '../store';
import { openFlags } from './artifacts';

/** In bytes: larger ones are read no faster. */
const chunkSize = 2 ** 20;

/** A file of this machine piece by piece, from where `resume` says if it is still the same. `explain` says what an error means. */
export async function openFile(
  path: string,
  resume: ResumePoint | undefined,
  explain: (error: unknown) => unknown,
  signal: AbortSignal,
): Promise<ArtifactStream> {
  try {
    const file = await open(path, openFlags);
    const { size, mtimeNs, ino } = await file.stat({ bigint: true });
    const version = `${ino}-${size}-${mtimeNs}`;
    const from = resume?.version === version ? resume.from : 0;
    return { from, size: Number(size), version, chunks: readOn(file, from, explain, signal) };
  } catch (error) {
    throw explain(error);
  }
}

async function* readOn(
  file: FileHandle,
  from: number,
  explain: (error: unknown) => unknown,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  try {
    for (let position = from; ;) {
      signal.throwIfAborted();
      const { bytesRead, buffer } = await file.read(
        Buffer.allocUnsafeSlow(chunkSize),
        0,
        chunkSize,
        position,
      );
      if (bytesRead === 0) return;
      position += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw explain(error);
  } finally {
    await file.close();
  }
}
