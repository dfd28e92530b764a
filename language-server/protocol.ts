/** The languages this server reads, as package.json's `contributes.languages` names them. */
export const languageIds = ['mlproject', 'mlmodel'] as const;
export type LanguageId = (typeof languageIds)[number];
