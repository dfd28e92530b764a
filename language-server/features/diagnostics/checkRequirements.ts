import type { Requirement } from '../../documents/requirement';
import type { Fault } from './fault';

/** Lines that pip refuses: those it cannot read, and conda's single `=`. */
export function checkRequirements(
  requirements: readonly Requirement[],
  code: 'python-env.requirement' | 'conda-env.requirement',
): readonly Fault[] {
  return requirements.flatMap((requirement) => {
    const { node, kind, specifiers, text } = requirement;
    if (node.value.type !== 'str') return [];
    if (kind === 'other' && text.trim() !== '' && !text.trim().startsWith('#'))
      return [{ code, range: node.range, message: `pip cannot read \`${text.slice(0, 100)}\`.` }];
    return specifiers
      .filter(({ operator }) => operator === '=' || operator === '')
      .map(({ operator, version, range }) => ({
        code,
        range,
        message: `pip cannot read this: it knows no \`${operator === '' ? version : '='}\` here. Write \`==${version}\`.`,
        fix: { fix: 'replace', to: `==${version}` } as const,
      }));
  });
}
