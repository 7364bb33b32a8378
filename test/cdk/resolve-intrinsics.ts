import * as z from 'zod';
import type { CloudFormation } from './synthesis.ts';

const intrinsic = z.union([
  z.strictObject({ Ref: z.string() }),
  z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }),
  z.strictObject({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }),
]);

/** The text that CloudFormation would make of a value, with made-up ids and the names that resources are given. */
export function resolveText(value: unknown, template: CloudFormation): string {
  if (typeof value === 'string') return value;
  const read = intrinsic.parse(value);
  if ('Fn::Join' in read) {
    const [separator, parts] = read['Fn::Join'];
    return parts.map((part) => resolveText(part, template)).join(separator);
  }
  if ('Ref' in read) return physicalId(read.Ref, template);
  const [logicalId, attribute] = read['Fn::GetAtt'];
  return `${attribute}:${physicalId(logicalId, template)}`;
}

/** The name that a resource was given; an FIS template's id from its `Name` tag, which ends in the stage. */
function physicalId(logicalId: string, { Resources }: CloudFormation): string {
  const { Type: type, Properties = {} } = Resources[logicalId] ?? { Type: 'unknown' };
  if (type === 'AWS::FIS::ExperimentTemplate') {
    const { Name } = z.looseObject({ Name: z.string() }).parse(Properties['Tags']);
    return `EXT-${Name}`;
  }
  const name = Properties['FunctionName'] ?? Properties['RoleName'] ?? Properties['StateMachineName'];
  return typeof name === 'string' ? name : logicalId;
}
