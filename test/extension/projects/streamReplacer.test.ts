import { equal } from 'node:assert/strict';
import { StreamReplacer } from '../../../extension/projects/streamReplacer';

describe('Replacing a word in a text that comes in pieces', () => {
  const text = 'File "/code/a.py"\nFile "/cod\nFile "/code/File "/code/b.py" File "/co';
  const wanted = 'File "/home/$& me/a.py"\nFile "/cod\nFile "/home/$& me/File "/home/$& me/b.py" File "/co';

  it('gives the same wherever the pieces end', () => {
    for (let size = 1; size <= text.length; size++) {
      const replacer = new StreamReplacer('File "/code/', 'File "/home/$& me/');
      let written = '';
      for (let at = 0; at < text.length; at += size) written += replacer.write(text.slice(at, at + size));
      equal(written + replacer.end(), wanted, `pieces of ${size}`);
    }
  });

  it('keeps back no more than what may be the beginning of the word', () => {
    const replacer = new StreamReplacer('File "', 'x');
    equal(replacer.write('a File'), 'a ');
    equal(replacer.write('s'), 'Files');
    equal(replacer.end(), '');
  });
});
