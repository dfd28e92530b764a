import { serveCalls } from '../worker/serveCalls';
import type { ReplyTask } from './replyReader';
import { hasLongInteger } from './wire/json';
import { parseLossless } from './wire/losslessJson';
import { decodeReply, decodeText, UnusableReply } from './wire/reply';

/** The worker thread that parses and decodes big replies for ReplyReader. */
serveCalls(
  ({ name, chunks }: ReplyTask) => {
    const text = decodeText(Buffer.concat(chunks));
    const page = decodeReply(name, text, hasLongInteger(text) ? parseLossless : JSON.parse);
    return { items: page.items, rest: page.nextPageToken };
  },
  (error) => {
    // Anything else is no failure of one reply: the thread ends with it.
    if (!(error instanceof UnusableReply)) throw error;
    return { kind: error.kind, message: error.message, stack: undefined };
  },
);
