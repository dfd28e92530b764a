import { equal } from 'node:assert/strict';
import { Framing } from '../../language-server/framing';

const message = 'Content-Length: 4\r\n\r\n"ü"';

describe('Framing', () => {
  it('finds nothing wrong with messages, however they are cut', () => {
    const bytes = Buffer.from(`${message}content-type: x\r\ncontent-LENGTH:4\r\n\r\n"\r\n"${message}`);
    for (let size = 1; size <= bytes.length; size++) {
      const framing = new Framing();
      for (let at = 0; at < bytes.length; at += size)
        equal(framing.take(bytes.subarray(at, at + size)), undefined, `in pieces of ${size}`);
    }
  });

  for (const [name, header] of Object.entries({
    'a negative length': 'Content-Length: -5',
    'a word for a length': 'Content-Length: many',
    'no length': 'Content-Type: text/plain',
    'what a message of a false length left': '"}Content-Length: 4',
  })) {
    it(`finds a header with ${name}, however it is cut`, () => {
      const bytes = Buffer.from(`${message}${header}\r\n\r\n{}`);
      for (let size = 1; size <= bytes.length; size++) {
        const framing = new Framing();
        let found: string | undefined;
        for (let at = 0; at < bytes.length && found === undefined; at += size)
          found = framing.take(bytes.subarray(at, at + size));
        equal(found, header, `in pieces of ${size}`);
      }
    });
  }

  it('finds what never comes to an end', () => {
    equal(new Framing().take(Buffer.alloc(10_000, 'x'))?.length, 4_096);
  });
});
