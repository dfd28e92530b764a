import { languageIds } from '../../language-server/protocol';

type Selector = { language?: string; pattern?: string }[];

/**
 * The documents that the language server is started for, of whatever scheme. Of YAML files it looks only at those that an
 * MLproject refers to or that lie beside an MLmodel, and at one called MLproject.yaml, which MLflow never reads.
 */
export const startingSelector: Selector = [
  ...languageIds.map((language) => ({ language })),
  { language: 'yaml', pattern: '**/*{env,ENV,conda}*.{yaml,yml}' },
  { language: 'yaml', pattern: '**/[mM][lL][pP]roject.{yaml,yml}' },
];

/** Every Python project has such a file: the server is started for one that lies beside an MLmodel alone. Its language is whatever it is taken for. */
export const requirementsSelector: Selector = [{ pattern: '**/requirements.txt' }];

/** The documents that a server is told of once it runs. */
export const documentSelector: Selector = [...startingSelector, ...requirementsSelector];
