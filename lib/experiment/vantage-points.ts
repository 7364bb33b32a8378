import * as z from 'zod';

/** The runner's own vantage point: outside of every VPC, in a lab this machine. */
export const outside = 'outside';

/** All vantage points that an environment declares. */
export const inside = 'inside';

/** Something that is known to be well. */
export const selfCheckSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'write a URL that begins with http:// or https://' })
    .describe('Where any answer shows that a prober is well.'),
});
