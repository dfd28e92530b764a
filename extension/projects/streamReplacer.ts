/** Replaces a word in a text that comes in pieces, wherever the pieces end. */
export class StreamReplacer {
  private held = '';

  constructor(
    private readonly word: string,
    private readonly by: string,
  ) {}

  /** The text with this piece, but for an end in which the word may begin. */
  write(piece: string): string {
    const text = (this.held + piece).replaceAll(this.word, () => this.by);
    let length = Math.min(this.word.length - 1, text.length);
    while (!this.word.startsWith(text.slice(text.length - length))) length--;
    this.held = text.slice(text.length - length);
    return text.slice(0, text.length - length);
  }

  /** What was kept back. */
  end(): string {
    const { held } = this;
    this.held = '';
    return held;
  }
}
