import { expect, it } from 'vitest';
import * as z from 'zod';
import { cdkApp } from '../../../lib/cli/init/cdk-app.ts';
import { synthesize } from '../../cdk/synthesis.ts';

it('the feature flags of a first project are all that change the stacks from how they are tested', () => {
  const { context } = z
    .object({ context: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(cdkApp['cdk.json']));
  expect(Object.fromEntries(synthesize({ flags: context }))).toEqual(Object.fromEntries(synthesize()));
});
