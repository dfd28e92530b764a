/** Where the demo store keeps the artifacts of its run with images: `resnet18-00` of `image-classifier`. */
export const imageArtifacts = 'mlartifacts/3/c7b940289c734ff18b69552889418aba/artifacts';
