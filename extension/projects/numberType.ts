/** Whether a parameter's type asks for a number, under whichever name. MLflow itself checks none. */
export function isNumberType(type: string): boolean {
  return /^(float|int|integer|number|double|long)$/i.test(type);
}
