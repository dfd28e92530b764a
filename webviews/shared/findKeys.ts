/** What the keys for finding do in a view; each tells whether there was something to do. */
export interface FindActions {
  /** Ctrl+F, Cmd+F, or `/` where nobody types. */
  readonly find: () => boolean;
  /** Escape. */
  readonly clear?: () => boolean;
}

/** Has the keys for finding do this, wherever in the view they are pressed. */
export function listenForFind({ find, clear = () => false }: FindActions): void {
  document.addEventListener('keydown', (event) => {
    const { target, ctrlKey, metaKey, altKey, key } = event;
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    const isFind = (ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'f';
    const isSlash = key === '/' && !isTyping && !ctrlKey && !metaKey && !altKey;
    const isHandled = isFind || isSlash ? find() : key === 'Escape' && clear();
    if (isHandled) event.preventDefault();
  });
}
