/** Whether one of several bit: true where one did, unknown where one may have. */
export const anyBit = (each: readonly (boolean | undefined)[]): boolean | undefined => {
  if (each.includes(true)) return true;
  return each.includes(undefined) ? undefined : false;
};
