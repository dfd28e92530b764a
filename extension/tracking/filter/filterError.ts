import { TrackingError } from '../errors';

/** A filter or an order that MLflow would reject. The message is one sentence for whoever typed it. */
export class FilterError extends TrackingError {
  constructor(
    message: string,
    /** Where the offending part begins in the text, in UTF-16 units. */
    readonly offset: number,
    /** How long it is; 0 where something is missing. */
    readonly length: number,
  ) {
    super('rejected', message);
  }
}
