import validate from 'asl-validator';

/** What the ASL validator finds wrong with a state machine's definition: with a copy, since it writes defaults into what it is given. */
export const aslProblemsOf = (definition: unknown): readonly unknown[] =>
  validate(structuredClone(definition), { checkPaths: true, checkArn: true }).errors;
