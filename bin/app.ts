import { App } from 'aws-cdk-lib';
import { addSteadfast } from '../lib/app/index.ts';

/** The CDK app of this checkout: `npx cdk synth -c env=NAME` writes the stacks of one environment. */
await addSteadfast(new App());
