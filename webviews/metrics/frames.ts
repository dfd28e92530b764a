/** A function that runs once before the next picture, however often it was called. */
export function onceAFrame(run: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      run();
    });
  };
}

/** The function, which gives its last result again while its arguments are the same. */
export function remember<Arguments extends readonly unknown[], Result>(
  compute: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  let last: { readonly given: Arguments; readonly result: Result } | undefined;
  return (...given) => {
    if (!last?.given.every((argument, index) => argument === given[index])) {
      last = { given, result: compute(...given) };
    }
    return last.result;
  };
}
