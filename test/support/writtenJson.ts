import { readFile } from 'node:fs/promises';
import { until } from './until';

/** What another program writes to that file as JSON, once all of it is there. */
export function writtenJson(path: string, deadlineMs?: number): Promise<unknown> {
  const read = async (): Promise<{ readonly value: unknown } | undefined> => {
    try {
      return { value: JSON.parse(await readFile(path, 'utf8')) as unknown };
    } catch {
      return undefined;
    }
  };
  return until(`${path} is written`, read, deadlineMs).then(({ value }) => value);
}
