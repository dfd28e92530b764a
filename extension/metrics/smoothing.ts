/**
 * The exponential moving average that TensorBoard and MLflow's UI draw: each value counts `1 - weight`, what came before
 * `weight`, and what is missing before the first value is made up for. `weight` is 0 (the values as they are) to below 1.
 * Values that are not finite stay as they are and count for nothing.
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  if (weight <= 0) return values;
  const result = new Float64Array(values.length);
  let average = 0;
  /** What is missing of the full weight: weight ^ (how many values there were). */
  let missing = 1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN;
    if (!Number.isFinite(value)) {
      result[index] = value;
      continue;
    }
    average = average * weight + (1 - weight) * value;
    missing *= weight;
    result[index] = average / (1 - missing);
  }
  return result;
}
