import { equal } from 'node:assert/strict';
import { editDistance, nearestKey, nearestWord } from '../../../language-server/knowledge/didYouMean';
import { keysOf } from '../../../language-server/knowledge/keys';

describe('did you mean', () => {
  for (const [written, meant] of [
    ['entrypoints', 'entry_points'],
    ['entry-points', 'entry_points'],
    ['Entry_Points', 'entry_points'],
    ['enrty_point', 'entry_points'],
    ['commands', 'entry_points'],
    ['naem', 'name'],
    ['docker', 'docker_env'],
    ['rocket', undefined],
    ['uv_env', undefined],
  ] as const)
    it(`${written}: ${meant ?? 'nothing'}`, () => equal(nearestKey(written, keysOf.project), meant));

  it('words of two letters are never guessed at', () => equal(nearestWord('ab', ['ac']), undefined));

  it('neighbours that are swapped are one slip', () => {
    equal(editDistance('aplha', 'alpha', 2), 1);
    equal(editDistance('alpha', 'alpine', 3), 3);
  });
});
