import * as z from 'zod/mini';

const path = z.string().check(z.describe('Where in the file, such as `method[0].provider`.'));

/** What a rehearsal took in from a file of another tool. No value of the file is repeated here: it might be a secret. */
export const importedFromSchema = z.strictObject({
  file: z.string().check(z.describe('The file, as seen from the project.')),
  format: z.string().check(z.describe('Its format, as `import --format` names it.')),
  sha256: z.string().check(z.describe("The file's SHA-256, in hexadecimal.")),
  notes: z
    .array(z.string())
    .check(z.describe('What its hosts and targets were taken for, and what else is good to know.')),
  approximated: z
    .array(z.strictObject({ path, why: z.string().check(z.describe('What differs.')) }))
    .check(z.describe('What means nearly the same here.')),
  refused: z
    .array(z.strictObject({ path, why: z.string().check(z.describe('Why.')) }))
    .check(z.describe('What was not taken over.')),
  open: z
    .array(
      z.strictObject({
        path: z.string().check(z.describe('Where in the definition; empty for what belongs elsewhere.')),
        question: z.string().check(z.describe('What a person has to decide.')),
      }),
    )
    .check(z.describe('What nobody has decided yet: the definition holds a proposal.')),
});

export type ImportedFrom = z.output<typeof importedFromSchema>;
