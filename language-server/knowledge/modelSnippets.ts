import type { FlavorKnowledge } from './flavorKnowledge';
import type { ModelKey } from './modelKey';

const columns =
  '[{"name": "${1:name}", "type": "${2|double,long,string,boolean,integer,float,binary,datetime|}"}]';

/** What is written for a key, with tab stops, by its path; of a key that is not here, by its type. */
const snippets: Readonly<Record<string, string>> = {
  flavors: 'flavors:\n  $0',
  signature: `signature:\n  inputs: '${columns}'\n  outputs: null\n  params: null`,
  'signature.inputs': `inputs: ${signatureSnippet('inputs')}`,
  'signature.outputs': `outputs: ${signatureSnippet('outputs')}`,
  'signature.params': `params: ${signatureSnippet('params')}`,
  saved_input_example_info:
    'saved_input_example_info:\n  artifact_path: ${1:input_example.json}\n  type: ${2|dataframe,ndarray,json_object|}',
  'saved_input_example_info.artifact_path': 'artifact_path: ${1:input_example.json}',
  'saved_input_example_info.serving_input_path': 'serving_input_path: ${1:serving_input_example.json}',
  env_vars: 'env_vars:\n  - $0',
  prompts: 'prompts:\n  - prompts:/${1:name}/${2:1}',
  resources:
    "resources:\n  api_version: '1'\n  databricks:\n    ${1|table,function,serving_endpoint,vector_search_index,uc_connection,sql_warehouse|}:\n      - name: $2",
  'flavors.python_function.env': 'env:\n  conda: ${1:conda.yaml}\n  virtualenv: ${2:python_env.yaml}',
  'flavors.python_function.env.conda': 'conda: ${1:conda.yaml}',
  'flavors.python_function.env.virtualenv': 'virtualenv: ${1:python_env.yaml}',
  'flavors.python_function.artifacts': 'artifacts:\n  ${1:name}:\n    path: ${2:artifacts/}\n    uri: $3',
};

/** A key at the end of a path, with its colon. In braces all stands on one line. */
export function modelKeySnippet(path: readonly string[], key: ModelKey, inFlow: boolean): string {
  const own = snippets[[...path, key.name].join('.')];
  if (own !== undefined && !(inFlow && own.includes('\n'))) return own;
  return `${key.name}: ${valueSnippet(key, inFlow)}`.trimEnd();
}

function valueSnippet({ type, values }: ModelKey, inFlow: boolean): string {
  if (values) return `\${1|${values.join(',')}|}`;
  switch (type) {
    case 'boolean':
      return '${1|true,false|}';
    case 'version':
      return '"$1"';
    case 'mapping':
      return inFlow ? '{$1}' : '\n  $0';
    case 'list':
      return inFlow ? '[$1]' : '\n  - $0';
    case 'text':
    case 'number':
    case 'path':
    case 'any':
      return '$1';
  }
}

/** The JSON of a part of the signature in its quotes. */
export function signatureSnippet(part: string): string {
  return part === 'params'
    ? `'[{"name": "\${1:name}", "type": "\${2|double,long,string,boolean,integer,float,datetime|}", "default": $3, "shape": null}]'`
    : `'${columns}'`;
}

/** A flavor with what it cannot be loaded without, and what else it always has. */
export function flavorSnippet(name: string, { keys, versionKey }: FlavorKnowledge): string {
  const written = keys.filter(
    ({ name: key, isRequired, fallback, values, isLegacy }) =>
      !isLegacy && [isRequired, key === versionKey, fallback !== undefined && values].some(Boolean),
  );
  let stop = 0;
  const lines = written.map((key) =>
    `  ${key.name}: ${valueSnippet(key, true)}`.replace(
      /\$(\{?)1/g,
      (_, brace: string) => `$${brace}${String(++stop)}`,
    ),
  );
  return [`${name}:`, ...(lines.length > 0 ? lines : ['  $0'])].join('\n');
}
