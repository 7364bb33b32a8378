/** The CDK app of a project that has none. Plain JavaScript: any Node runs it as it is, whatever the package says of its modules. */
const app = `import { App } from 'aws-cdk-lib';
import { addSteadfast } from 'steadfast-chaos/cdk';

/** npx cdk synth -c env=sandbox */
await addSteadfast(new App());
`;

/** Of CDK's feature flags those that change Steadfast's stacks, as they are when Steadfast is tested. */
const context = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
};

/** What `npx cdk` needs, by its paths. */
export const cdkApp: Readonly<Record<'cdk.json' | 'app.mjs', string>> = {
  'cdk.json': `${JSON.stringify({ app: 'node app.mjs', context }, null, 2)}\n`,
  'app.mjs': app,
};
