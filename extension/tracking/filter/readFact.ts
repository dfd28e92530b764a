import type { RunFacts } from './runFacts';
import type { RunSortKey } from './runFilter';

/** How to ask a run for a field that has one value. */
export function readerOf(field: RunSortKey['field']): (facts: RunFacts) => string | number | undefined {
  switch (field.kind) {
    case 'metric':
      return (facts) => facts.metric(field.key);
    case 'param':
      return (facts) => facts.param(field.key);
    case 'tag':
      return (facts) => facts.tag(field.key);
    case 'attribute':
      return (facts) => facts.attribute(field.key);
  }
}
