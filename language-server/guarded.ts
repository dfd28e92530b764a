import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** Where the reason goes when a handler fails: the client's log. */
export interface ErrorLog {
  error(message: string): void;
}

/**
 * A handler of requests that never fails: one that was cancelled says so, one that throws is logged under its name and
 * answered with the fallback, so that a fault in one feature costs nothing but its answer.
 */
export function guarded<Params, Result>(
  { name, fallback, log }: { readonly name: string; readonly fallback: Result; readonly log: ErrorLog },
  handle: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): (params: Params, token: CancellationToken) => Promise<Result | ResponseError<never>> {
  return async (params, token) => {
    const isCancelled = () => token.isCancellationRequested;
    try {
      if (isCancelled()) return cancelled();
      const result = await handle(params, token);
      return isCancelled() ? cancelled() : result;
    } catch (error) {
      if (error instanceof ResponseError) return error as ResponseError<never>;
      log.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return fallback;
    }
  };
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
}
