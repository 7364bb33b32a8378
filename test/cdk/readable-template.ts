import { stringify } from 'yaml';
import { resolveText } from './resolve-intrinsics.ts';
import type { CloudFormation } from './synthesis.ts';

/**
 * A template as people can compare it, the same on every machine and in every version: without paths and hashes of bundles, and with what
 * is JSON inside a text (state machines, dashboards, schedules) written out.
 */
export const readableTemplate = (template: CloudFormation): string =>
  stringify(
    Object.fromEntries(
      Object.entries(template.Resources).map(([logicalId, { Metadata: _paths, ...resource }]) => [
        logicalId,
        readable(resource, template),
      ]),
    ),
    // The same policy in many roles is written out in each.
    { aliasDuplicateObjects: false, lineWidth: 110 },
  );

function readable(value: unknown, template: CloudFormation): unknown {
  const text = textOf(value, template);
  if (text?.startsWith('{')) return JSON.parse(text);
  if (Array.isArray(value)) return value.map((one: unknown) => readable(one, template));
  if (typeof value !== 'object' || value === null) return value;
  const isVersion = 'Name' in value && typeof value.Name === 'string' && value.Name.includes('/versions/');
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      key,
      key === 'S3Key'
        ? 'the hash of a bundle'
        : isVersion && key === 'Value'
          ? 'the version of the package'
          : readable(one, template),
    ]),
  );
}

/** A text, also one that CloudFormation has yet to join. */
function textOf(value: unknown, template: CloudFormation): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'Fn::Join' in value
    ? resolveText(value, template)
    : undefined;
}
