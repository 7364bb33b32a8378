import fc from 'fast-check';

/** Whether what takes longer is run too (`npm run test:long`); the ordinary run holds a sample of it. */
export const isLong = process.env['STEADFAST_LONG'] !== undefined;

// The laws of a long run are tried on many more examples.
if (isLong) fc.configureGlobal({ numRuns: 2_000, interruptAfterTimeLimit: 30_000 });
