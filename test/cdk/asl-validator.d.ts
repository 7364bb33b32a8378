/** The package carries no types. */
declare module 'asl-validator' {
  function validate(
    definition: unknown,
    options: { readonly checkPaths: boolean; readonly checkArn: boolean },
  ): { readonly isValid: boolean; readonly errors: readonly unknown[] };
  export = validate;
}
