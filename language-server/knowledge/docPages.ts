const projects = 'https://mlflow.org/docs/latest/ml/projects/';
const models = 'https://mlflow.org/docs/latest/ml/model/';

/** Where MLflow's documentation tells of a part of the formats. */
export const docPages = {
  project: `${projects}#mlproject-file-configuration`,
  parameters: `${projects}#parameter-types`,
  environments: `${projects}#environment-management`,
  pythonEnv: `${projects}#python-virtual-environments-recommended`,
  condaEnv: `${projects}#conda-environments`,
  dockerEnv: `${projects}#docker-environments`,
  databricks: `${projects}#databricks-platform`,
  workflows: `${projects}#multi-step-pipelines`,
  model: models,
  signature: `${models}signatures/`,
  modelDependencies: `${models}dependencies/`,
  modelsFromCode: `${models}models-from-code/`,
} as const;

export type DocPage = keyof typeof docPages;
