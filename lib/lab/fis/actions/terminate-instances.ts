import * as z from 'zod';
import { standIn } from '../stand-in.ts';
import { terminate } from '../terminate.ts';

/** `aws:ec2:terminate-instances`: ends each replica for good; another is launched in its place, as an Auto Scaling group does. */
export const terminateInstances = standIn({
  id: 'aws:ec2:terminate-instances',
  parameters: z.object({}),
  carryOut: (context) => terminate(context, context.targets),
});
