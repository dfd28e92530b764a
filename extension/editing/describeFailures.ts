import { causeOf, isDenied } from '../tracking/errors';
import { signIn } from '../ui/steps';
import { UserError } from '../ui/userError';
import type { Edit, EditOutcome, FailedEdit } from './edit';

const mostNamed = 3;

/** What to tell the user of edits that were not all done; undefined where nothing is to be told. */
export function describeFailures(edits: readonly Edit[], { failed, left }: EditOutcome): unknown {
  const [first, ...others] = failed;
  if (!first) return undefined;
  if (edits.length === 1) return first.cause;
  const rest = left.length > 0 ? ` ${left.length} more were not tried.` : '';
  const named = nameCauses([first, ...others]);
  return new UserError(`${failed.length} of ${edits.length} changes failed. ${named}${rest}`, {
    cause: first.cause,
    ...(failed.some(({ cause }) => isDenied(cause)) && { next: signIn }),
  });
}

/** Every failure in a line, for the log. */
export function listFailures(failed: readonly FailedEdit[]): readonly string[] {
  return failed.map(describe);
}

/** The first failure of each cause, as far as a message holds them. */
function nameCauses(failed: readonly FailedEdit[]): string {
  const byCause = new Map(failed.toReversed().map((one) => [causeOf(one.cause), one]));
  const named = [...byCause.values()].toReversed().slice(0, mostNamed);
  const more = failed.length - named.length;
  return [...named.map(describe), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}

function describe({ edit, cause }: FailedEdit): string {
  const sentence = causeOf(cause);
  return `${edit.label}: ${/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`}`;
}
