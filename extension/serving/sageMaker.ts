import { shellQuote } from '../../language-server/documents/shellQuote';

/**
 * The commands of MLflow's command line that deploy a model to Amazon SageMaker, for a POSIX shell: what only the user knows
 * is a variable at the top.
 */
export function composeSageMaker(modelUri: string, name: string): string {
  const uri = shellQuote(modelUri);
  return `# Deploys a model to Amazon SageMaker. Nothing has been run: fill in the first lines, then run what you need.
# Needs the AWS CLI's credentials, boto3 beside MLflow, and Docker for the image. SageMaker bills for endpoints while they exist.
# If the model's URI begins with models:/ or runs:/, MLFLOW_TRACKING_URI must name your tracking server.

REGION='us-east-1'
EXECUTION_ROLE='arn:aws:iam::<account>:role/<role>'
BUCKET='<bucket>'
IMAGE_URL="<account>.dkr.ecr.$REGION.amazonaws.com/mlflow-pyfunc:<tag>"
NAME=${shellQuote(name)}
MODEL=${uri}

# 1. Try the model in a container on this machine.
mlflow deployments run-local --target "sagemaker:/$REGION" --name "$NAME" --model-uri "$MODEL" -C port=5001

# 2. Once per MLflow version: build the image that serves models, and push it to ECR.
mlflow sagemaker build-and-push-container

# 3. Create the endpoint.
mlflow deployments create --target "sagemaker:/$REGION" --name "$NAME" --model-uri "$MODEL" \\
  -C execution_role_arn="$EXECUTION_ROLE" -C bucket="$BUCKET" -C image_url="$IMAGE_URL" \\
  -C instance_type=ml.m5.large -C instance_count=1

# Put another model behind the endpoint; ask it for a prediction; delete it.
mlflow deployments update --target "sagemaker:/$REGION" --name "$NAME" --model-uri "$MODEL" \\
  -C execution_role_arn="$EXECUTION_ROLE" -C bucket="$BUCKET" -C image_url="$IMAGE_URL" -C mode=replace
mlflow deployments predict --target "sagemaker:/$REGION" --name "$NAME" --input-path request.json
mlflow deployments delete --target "sagemaker:/$REGION" --name "$NAME"
`;
}
