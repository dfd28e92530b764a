/** Whether Python's float() takes a text: white space around it and underscores between digits are fine. */
export function isPythonNumber(text: string): boolean {
  const number =
    /^\s*[-+]?(?:(?:\d+(?:_\d+)*)(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?\s*$/i;
  return number.test(text) || /^\s*[-+]?(?:inf(?:inity)?|nan)\s*$/i.test(text);
}

/** Whether Python's int() takes it. */
export function isPythonInteger(text: string): boolean {
  return /^\s*[-+]?\d+(?:_\d+)*\s*$/.test(text);
}
