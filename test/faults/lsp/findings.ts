/** The questions that each trial of the language server is judged by. */
export const questions = [
  'alive', // the process lives, or ends as it should, and says nothing on stderr
  'prompt', // every answer comes; where measured, within 2 s
  'answers', // none is an error, and no feature failed behind its answer
  'neighbours', // another document is diagnosed as ever
  'right', // what is answered is what should be
] as const;

export type Question = (typeof questions)[number];

/** How long an answer may take where the clock judges, in ms. */
export const longestAnswer = 2_000;

const mostTold = 4;

/** What a trial found wrong, question by question. */
export class Findings {
  private readonly reasons = new Map<Question, string[]>();

  add(question: Question, reason: string): void {
    this.reasons.set(question, [...(this.reasons.get(question) ?? []), reason]);
  }

  /** Each question with how much was found and the first few of it. */
  get wrong(): ReadonlyMap<Question, string> {
    return new Map(
      [...this.reasons].map(([question, all]) => [
        question,
        `${all.length}: ${all.slice(0, mostTold).join('; ')}`,
      ]),
    );
  }
}
