import { languageIds } from '../../language-server/protocol';

type Selector = { language?: string; pattern?: string }[];

/** The documents that the language server is started for, of whatever scheme; one called MLproject.yaml MLflow never reads. */
export const startingSelector: Selector = [
  ...languageIds.map((language) => ({ language })),
  { language: 'yaml', pattern: '**/[mM][lL][pP]roject.{yaml,yml}' },
];

/**
 * What may belong to an MLproject or MLmodel. Many a folder has such a file: the server is started for one only where either lies
 * near. A requirements.txt is of whatever language it is taken for.
 */
export const companionSelector: Selector = [
  { language: 'yaml', pattern: '**/*{env,ENV,conda}*.{yaml,yml}' },
  { pattern: '**/requirements.txt' },
];

/** The documents that a server is told of once it runs. Of YAML files it looks only at those that an MLproject refers to or that lie beside an MLmodel. */
export const documentSelector: Selector = [...startingSelector, ...companionSelector];
