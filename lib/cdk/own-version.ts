import { existsSync, readFileSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import * as z from 'zod';
import type { EnvironmentNames } from '../plan/environment-names.ts';

/** The version stands in the package's manifest: two folders above the sources, three above the compiled files. */
function ownVersion(): string {
  const manifests = ['../../package.json', '../../../package.json'].map(
    (path) => new URL(path, import.meta.url),
  );
  const texts = manifests.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'));
  return manifestSchema.parse(JSON.parse(texts[0] ?? '{}')).version;
}

const manifestSchema = z.object({ version: z.string() });

/** Says under `/steadfast/<env>/versions` by which version a part of an environment was deployed; `steadfast doctor` compares them. */
export function publishVersion(stack: Stack, part: 'core' | 'runner', names: EnvironmentNames): void {
  new StringParameter(stack, 'Version', {
    parameterName: names.parameter(`versions/${part}`),
    description: `Steadfast: the version that deployed the ${part} of ${names.id}`,
    stringValue: ownVersion(),
  });
}
