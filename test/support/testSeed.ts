/**
 * The seed of all random tests: `MLFLOW_LENS_SEED`, else 1 where a change is decided on (`CI`), so that it is judged by itself
 * and not by chance, else another each time.
 */
export const testSeed = Number(
  process.env['MLFLOW_LENS_SEED'] ?? (process.env['CI'] ? 1 : Math.floor(Math.random() * 2 ** 31)),
);
