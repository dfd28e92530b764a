import type { Readable } from 'node:stream';

/** A line longer than this, in characters, is passed on in pieces. */
const longest = 16_384;

/** Passes on what a program writes, line by line, so that nothing that is looked for in a line is torn apart. Never rejects. */
export async function readLines(stream: Readable, take: (line: string) => void): Promise<void> {
  let rest = '';
  try {
    for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
      if (rest.length > longest) {
        take(rest);
        rest = '';
      }
    }
  } catch {
    // The stream broke off with its program.
  }
  if (rest !== '') take(rest);
}
