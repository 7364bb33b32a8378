import { describe, expect, it } from 'vitest';
import { readSource } from '../../../lib/import/source/read-source.ts';

function documentOf(text: string) {
  const result = readSource('template.yaml', new TextEncoder().encode(text));
  if ('problems' in result) throw new Error(result.problems[0]?.message);
  return result.source.documents[0];
}

describe('a template of CloudFormation in YAML', () => {
  it.each([
    ['!Ref Alarm', { Ref: 'Alarm' }],
    ['!Condition IsStaging', { Condition: 'IsStaging' }],
    ['!GetAtt Role.Arn', { 'Fn::GetAtt': ['Role', 'Arn'] }],
    ['!GetAtt Stack.Outputs.Arn', { 'Fn::GetAtt': ['Stack', 'Outputs.Arn'] }],
    ['!GetAtt Role', { 'Fn::GetAtt': ['Role'] }],
    ['!GetAtt [Role, Arn]', { 'Fn::GetAtt': ['Role', 'Arn'] }],
    [`!Sub 'arn:\${AWS::Partition}:a'`, { 'Fn::Sub': `arn:\${AWS::Partition}:a` }],
    [`!Sub ["\${a}", {a: !Ref B}]`, { 'Fn::Sub': [`\${a}`, { a: { Ref: 'B' } }] }],
    ['!Join ["-", [!Ref A, b]]', { 'Fn::Join': ['-', [{ Ref: 'A' }, 'b']] }],
    ['!Transform {Name: a}', { 'Fn::Transform': { Name: 'a' } }],
    [
      '!If [A, !If [B, 1, 2], !Ref "AWS::NoValue"]',
      { 'Fn::If': ['A', { 'Fn::If': ['B', 1, 2] }, { Ref: 'AWS::NoValue' }] },
    ],
  ])('has %s read as the function that it is short for', (text, value) => {
    expect(documentOf(`RoleArn: ${text}`)?.value).toEqual({ RoleArn: value });
  });

  it('has its lines, also within functions', () => {
    const document = documentOf('A:\n  B: !Sub\n    - a\n    - c: d\n  E: !Ref F\n');
    expect(document?.lineOf(['A', 'B', 'Fn::Sub', 1, 'c'])).toBe(4);
    expect(document?.lineOf(['A', 'E', 'Ref'])).toBe(5);
  });
});
