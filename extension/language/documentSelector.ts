import { languageIds } from '../../language-server/protocol';

/**
 * The documents that the language server is told of, of whatever scheme. Of YAML files it looks only at those that an
 * MLproject refers to, and at one called MLproject.yaml, which MLflow never reads.
 */
export const documentSelector: { language?: string; pattern?: string }[] = [
  ...languageIds.map((language) => ({ language })),
  { language: 'yaml', pattern: '**/*{env,ENV,conda}*.{yaml,yml}' },
  { language: 'yaml', pattern: '**/[mM][lL][pP]roject.{yaml,yml}' },
];
