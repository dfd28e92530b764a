import { readModelSearchText } from '../tracking/filter/composeFilter';
import { askFilter } from '../ui/askFilter';

/** Asks which registered models to list; empty for all, undefined when the user would rather leave it. */
export async function askModelSearch(value: string): Promise<string | undefined> {
  return await askFilter({
    title: 'Filter Registered Models',
    prompt: 'A filter in MLflow’s grammar, or a part of the name. Empty for all models.',
    placeholder: 'name LIKE "churn%" and tags.team = "growth"',
    value,
    read: readModelSearchText,
    explainName: (name) => `Models whose name contains “${name}”`,
  });
}
