/** A line by which Python says what went wrong: `sqlalchemy.exc.OperationalError: …`, with or without a logger before. */
const exception = /^(?:.*?\bERROR\b.*?: )?((?:\w+\.)*\w*(?:Error|Exception|Refused|Interrupt|Exit)): *(.+)$/;

/** Python's and the shell's complaints that are no exceptions. */
const complaint =
  /(No module named \S+|No such option.*|can't open file.*|Address already in use|Connection in use|error: (?! *\[Errno).+)/i;

/** MLflow's word that a program which it started failed: that program has said why before. */
const secondHand = /returned non.?zero|Non-zero exit code/i;

/** In characters; what follows is in the log. */
const longest = 300;

/**
 * Why a server ended, in one sentence without a full stop, from the last lines that it wrote: the last exception, else the
 * last complaint, else the last line at all. Undefined if it wrote nothing.
 */
export function findEndCause(lines: readonly string[]): string | undefined {
  const all = lines.map((line) => line.trim()).filter((line) => line !== '');
  const firstHand = all.filter((line) => !secondHand.test(line));
  const written = firstHand.length > 0 ? firstHand : all;
  const found =
    findLast(written, (line) => explainException(exception.exec(line))) ??
    findLast(written, (line) => complaint.exec(line)?.[1]) ??
    written.at(-1);
  if (found === undefined) return undefined;
  const sentence = found.replace(/\s+/g, ' ').replace(/\.$/, '');
  return sentence.length > longest ? `${sentence.slice(0, longest)}…` : sentence;
}

/** The class's name says something only where the message does not: `ModuleNotFoundError: No module named 'x'`. */
function explainException(match: RegExpExecArray | null): string | undefined {
  if (match === null) return undefined;
  const [, name = '', message = ''] = match;
  const isClear = /^(No module named|\(\w+\.)|\s.*\s/.test(message);
  return (isClear ? message : `${name}: ${message}`).replace(
    /^No module named '([^']+)'/,
    'No module named $1',
  );
}

function findLast<T>(lines: readonly string[], read: (line: string) => T | undefined): T | undefined {
  for (const line of [...lines].reverse()) {
    const found = read(line);
    if (found !== undefined) return found;
  }
  return undefined;
}
