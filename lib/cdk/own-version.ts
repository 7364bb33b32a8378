import { readFileSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { EnvironmentNames } from '../plan/environment-names.ts';

/** The version stands in the package's manifest: two folders above the sources, three above the compiled files. */
function ownVersion(): string {
  for (const manifest of ['../../package.json', '../../../package.json']) {
    try {
      const parsed: unknown = JSON.parse(readFileSync(new URL(manifest, import.meta.url), 'utf8'));
      if (typeof parsed === 'object' && parsed !== null && 'version' in parsed) return String(parsed.version);
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    }
  }
  return 'unknown';
}

/** Says under `/steadfast/<env>/versions` by which version a part of an environment was deployed; `steadfast doctor` compares them. */
export function publishVersion(stack: Stack, part: 'core' | 'runner', names: EnvironmentNames): void {
  new StringParameter(stack, 'Version', {
    parameterName: names.parameter(`versions/${part}`),
    description: `Steadfast: the version that deployed the ${part} of ${names.id}`,
    stringValue: ownVersion(),
  });
}
