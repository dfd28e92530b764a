import type { TrackingErrorKind } from '../../../extension/tracking/errors';
import type { Run } from '../../../extension/tracking/model';
import { experimentsIn, runsIn } from './questions';
import type { Check, Complaint, Stage } from './storeCase';

/** For faults that hurt nobody: that all is as before is asked for by their scope. */
export const isUnharmed: Check = () => undefined;

/** The victim is listed with its problem, and says the same when it is asked for alone. */
export function runSays(problem: RegExp): Check {
  return (answers, { victim, ids }) => {
    const run = runsIn(answers, ids.trees).find(({ id }) => id === victim);
    if (!run) return 'the damaged run is not listed';
    const alone = answers.get(`run ${victim}`);
    const told = alone?.ok === true ? (alone.value as Run).problem : alone?.message;
    return complainUnless(problem, run.problem) ?? complainUnless(problem, told);
  };
}

export function experimentSays(problem: RegExp): Check {
  return (answers, { ids }) => {
    const experiment = experimentsIn(answers).find(({ id }) => id === ids.trees);
    return experiment ? complainUnless(problem, experiment.problem) : 'the damaged experiment is not listed';
  };
}

/** The store as a whole cannot be read, and says why: when it is connected, or wherever it is asked. */
export function storeSays(kinds: readonly TrackingErrorKind[], message: RegExp): Check {
  return (answers) => {
    const connect = answers.get('connect');
    const results = connect?.ok === false ? [connect] : [...answers.values()].slice(1);
    for (const result of results) {
      if (result.ok) return 'an answer came';
      if (!kinds.some((kind) => kind === result.kind)) return `${result.kind}: ${result.message}`;
      const complaint = complainUnless(message, result.message);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };
}

/** The victim is listed, whole or with a problem, and `look` finds it right. */
export function victimIs(look: (run: Run, stage: Stage) => Complaint): Check {
  return (answers, stage) => {
    const run = runsIn(answers, stage.ids.trees).find(({ id }) => id === stage.victim);
    return run ? look(run, stage) : 'the damaged run is not listed';
  };
}

export function every(...checks: readonly Check[]): Check {
  return (answers, stage) => checks.map((check) => check(answers, stage)).find((one) => one !== undefined);
}

export function complainUnless(pattern: RegExp, text: string | undefined): Complaint {
  if (text === undefined) return 'nothing is said about it';
  return pattern.test(text) && !text.includes('\n') ? undefined : `the message is: ${text}`;
}
