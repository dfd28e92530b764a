import type { RegisteredModel } from '../model';
import { compareWithText } from './matchRun';
import type { ModelClause, ModelFilter } from './parseModelFilter';

type Test = (model: Pick<RegisteredModel, 'name' | 'tags'>) => boolean;

/** Whether a model fits the filter, as MLflow's file store judges it: a tag that it does not have fits nothing, not even `!=`. */
export function compileModelFilter(filter: ModelFilter): Test {
  const tests = filter.map(compileClause);
  return (model) => tests.every((test) => test(model));
}

function compileClause({ field, comparator, value }: ModelClause): Test {
  const fits = compareWithText(comparator, value);
  return field.kind === 'name' ? ({ name }) => fits(name) : ({ tags }) => fits(tags.get(field.key));
}
