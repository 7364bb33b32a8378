import validate from 'asl-validator';

/** What the ASL validator finds wrong with a state machine's definition. */
export const aslProblemsOf = (definition: unknown): readonly unknown[] =>
  validate(definition, { checkPaths: true, checkArn: true }).errors;
