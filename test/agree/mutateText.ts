/** A number below a bound. */
export type RandomNumbers = (bound: number) => number;

/** The same numbers for the same seed. */
export function randomNumbers(seed: number): RandomNumbers {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const projectWords =
  `null ~ [] {} "" '' 0 0.1 true off 010 1:30 2020-01-01 path uri float Path {a} {} {{x}} \${HOME} {a:.2f} {a!r} {a.b} } { : , #
  - ? | > & * ! % @ \` " ' [a] {a:1} {a: 1} entry_points parameters command name: conda_env: docker_env: python_env: image: type default
  volumes: environment: databricks_spark_job: python_file: main: x "1" <<: &a *a pip python python=3.9 python>3 dependencies: pip: a=b`.split(
    /\s+/,
  );

/** Words that mean something in an MLmodel, in YAML and in the JSON of its signature. */
export const modelWords: readonly string[] =
  `null ~ [] {} "" '' 0 1.5 3.10 true off : , # - ? | > & * ! @ " ' [a] {a: 1} flavors: python_function: sklearn: signature: inputs: outputs:
  params: env_vars: resources: run_id: self: 1: loader_module: mlflow.sklearn env: data: model_path: python_version: mlflow_version: "type":
  "name": "required": "default": "shape": "items": "properties": "values": "tensor-spec": "dtype": "cls": "long" "int" "string" "array"
  "object" "map" "any" "tensor" "float64" "U5" -1 [-1] false "boolean" "datetime" "binary" "sparkml_vector" <<: &a *a NaN {"a": [{`.split(
    /\s+/,
  );

/** One to three edits: characters, words or lines go, come, are swapped or come twice. */
export function mutateText(
  text: string,
  random: RandomNumbers,
  words: readonly string[] = projectWords,
): string {
  let mutated = text;
  for (let edits = 1 + random(3); edits > 0; edits--) mutated = edit(mutated, random, words);
  return mutated;
}

function edit(text: string, random: RandomNumbers, words: readonly string[]): string {
  const at = random(text.length + 1);
  const word = words[random(words.length)] ?? '';
  switch (random(6)) {
    case 0:
      return text.slice(0, at) + word + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random(6));
    case 2:
      return editLines(text, random, (line) => [line, line]);
    case 3:
      return editLines(text, random, () => []);
    case 4:
      return editLines(text, random, (line) => [line.replace(/:.*/, `: ${word}`)]);
    default:
      return replaceWord(text, at, word);
  }
}

function editLines(text: string, random: RandomNumbers, change: (line: string) => readonly string[]): string {
  const lines = text.split('\n');
  const at = random(lines.length);
  return lines.toSpliced(at, 1, ...change(lines[at] ?? '')).join('\n');
}

/** The first word from an offset on. */
function replaceWord(text: string, from: number, word: string): string {
  const match = /[^\s:,{}[\]]+/.exec(text.slice(from));
  if (!match) return text;
  const start = from + match.index;
  return text.slice(0, start) + word + text.slice(start + match[0].length);
}
