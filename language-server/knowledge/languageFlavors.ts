import { builtIn, classKey, dataKey, flavorKey, type NamedFlavor } from './flavorKnowledge';
import type { ModelKey } from './modelKey';

const sourceName = flavorKey(
  'text',
  'source_model_name',
  'What the model is called on the Hugging Face hub.',
);
const pipelineType = (isRequired?: true) =>
  flavorKey('text', 'pipeline_model_type', 'The class of the model in the pipeline.', {
    ...(isRequired && { isRequired }),
  });
const inferenceTask = flavorKey('text', 'inference_task', 'What it is asked in when it is served.', {
  values: ['llm/v1/chat', 'llm/v1/completions', 'llm/v1/embeddings'],
});
const modelScript = flavorKey(
  'path',
  'model_code_path',
  'The script that makes it; now of python_function.',
  {
    isLegacy: true,
    runsCode: true,
  },
);

/** Models of languages and images, and what calls them, that MLflow 3.17 saves. */
export const languageFlavors: readonly NamedFlavor[] = [
  builtIn('transformers', {
    title: 'Transformers',
    about:
      'A pipeline of Hugging Face Transformers: saved whole, or by name and revision, to be fetched when it is loaded.',
    packageName: 'transformers',
    versionKey: 'transformers_version',
    keys: [
      flavorKey('text', 'task', 'What the pipeline does, such as `text-generation`.', { isRequired: true }),
      classKey('instance_type'),
      flavorKey('text', 'framework', 'What it runs on.', { values: ['pt', 'tf'] }),
      flavorKey('text', 'torch_dtype', 'The type of its weights, such as `torch.float16`.'),
      pipelineType(true),
      sourceName,
      flavorKey(
        'text',
        'source_model_revision',
        'The commit on the hub that is fetched, where its weights were not saved.',
      ),
      flavorKey(
        'text',
        'local_base_model_path',
        'Where its base model lies on the disk of whoever loads it.',
      ),
      dataKey('model_binary'),
      flavorKey('path', 'peft_adaptor', 'The adapter that was trained on top of it.'),
      flavorKey('list', 'components', 'What else the pipeline has, such as `tokenizer`.'),
      ...['tokenizer', 'feature_extractor', 'image_processor'].flatMap(componentKeys),
      flavorKey('text', 'processor_type', 'The class of its processor.'),
      inferenceTask,
      flavorKey('text', 'prompt_template', 'What each prompt is put into.'),
    ],
  }),
  builtIn('sentence_transformers', {
    title: 'Sentence Transformers',
    about: 'A model that makes vectors of sentences.',
    packageName: 'sentence-transformers',
    versionKey: 'sentence_transformers_version',
    keys: [sourceName, pipelineType()],
  }),
  builtIn('diffusers', {
    title: 'Diffusers',
    about: 'An adapter of Hugging Face Diffusers; the model below it is fetched when it is loaded.',
    packageName: 'diffusers',
    versionKey: 'diffusers_version',
    keys: [
      flavorKey('text', 'base_model', 'The model that the adapter changes, on the Hugging Face hub.', {
        isRequired: true,
      }),
      flavorKey('text', 'base_model_revision', 'Its commit on the hub.'),
      flavorKey('text', 'adapter_type', 'What kind of adapter it is.', {
        values: ['lora'],
        isRequired: true,
      }),
      dataKey('adapter_weights', true),
      flavorKey('text', 'weight_name', 'The file of the weights in that folder.'),
    ],
  }),
  builtIn('langchain', {
    title: 'LangChain',
    about:
      'A chain, agent or graph of LangChain or LangGraph: a script that makes it, or what it was serialized into.',
    packageName: 'langchain',
    versionKey: 'langchain_version',
    keys: [
      flavorKey('boolean', 'streamable', 'Whether it can answer piece by piece.'),
      classKey('model_type'),
      dataKey('model_data'),
      flavorKey('text', 'model_load', 'How it is loaded.', { values: ['runnable_load', 'base_load'] }),
      flavorKey('path', 'loader_fn', 'A pickled function that makes what could not be serialized.', {
        runsCode: true,
      }),
      flavorKey('text', 'loader_arg', 'The name of the argument that this function fills.'),
      flavorKey('path', 'persist_dir', 'The folder that it reads.'),
      flavorKey('path', 'agent_data', 'The agent.'),
      flavorKey('path', 'tools_data', "The agent's tools, pickled.", { runsCode: true }),
      flavorKey('path', 'agent_primitive_data', 'What else the agent was made with.'),
      modelScript,
      flavorKey('any', 'config', 'What the script is configured with; now of python_function.', {
        isLegacy: true,
      }),
      flavorKey('mapping', 'databricks_dependency', 'What it needs of Databricks; now `resources`.', {
        isLegacy: true,
      }),
    ],
  }),
  builtIn('openai', {
    title: 'OpenAI',
    about: 'A prompt for a model of OpenAI, with the task and parameters that it is sent with.',
    packageName: 'openai',
    versionKey: 'openai_version',
    keys: [dataKey('data')],
  }),
  builtIn('llama_index', {
    title: 'LlamaIndex',
    about: 'An index or engine of LlamaIndex, or a script that makes one.',
    packageName: 'llama-index',
    versionKey: 'llama_index_version',
    keys: [
      flavorKey('text', 'engine_type', 'What asks the index.', { values: ['chat', 'query', 'retriever'] }),
      flavorKey('any', 'config', 'What the script is configured with; now of python_function.', {
        isLegacy: true,
      }),
    ],
  }),
  builtIn('dspy', {
    title: 'DSPy',
    about: 'A program of DSPy. Where it was not saved for DSPy to read, it is a pickle.',
    packageName: 'dspy',
    keys: [dataKey('model_path'), inferenceTask],
    runsCode: 'it may be a pickle',
  }),
];

function componentKeys(component: string): readonly ModelKey[] {
  const word = component.replace('_', ' ');
  return [
    flavorKey('text', `${component}_type`, `The class of its ${word}.`),
    flavorKey('text', `${component}_name`, `What the ${word} is called on the hub.`),
    flavorKey('text', `${component}_revision`, `The commit of the ${word} on the hub.`),
  ];
}
