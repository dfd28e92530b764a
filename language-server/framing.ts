/** A header longer than this is none. */
const longestHeader = 4_096;
const headerEnd = '\r\n\r\n';

/**
 * Follows the bytes of a client over messages, each with its header, looking for a header that does not say how long its
 * message is: behind one nobody can tell where the next message begins, and a server would be silent for good.
 */
export class Framing {
  /** As much of a header as has come, one character for each byte. */
  private header = '';
  /** How many bytes of a message are to come. */
  private rest = 0;

  /** Answers the faulty header, if these bytes bring one. */
  take(bytes: Buffer): string | undefined {
    let at = 0;
    while (at < bytes.length) {
      const skipped = Math.min(this.rest, bytes.length - at);
      this.rest -= skipped;
      at += skipped;
      if (at === bytes.length) return undefined;
      const before = this.header.length;
      this.header += bytes.toString('latin1', at, at + longestHeader);
      const end = this.header.indexOf(headerEnd);
      if (end < 0) return this.header.length < longestHeader ? undefined : this.header;
      const header = this.header.slice(0, end);
      const length = /^content-length: *(\d{1,15}) *$/im.exec(header)?.[1];
      if (length === undefined) return header;
      at += end + headerEnd.length - before;
      this.rest = Number(length);
      this.header = '';
    }
    return undefined;
  }
}
