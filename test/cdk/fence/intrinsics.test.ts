import { describe, expect, it } from 'vitest';
import { isDefinite, isReadable, shown } from '../../../lib/cdk/fence/holes.ts';
import { isIntrinsic, resourceOf, textOf } from '../../../lib/cdk/fence/intrinsics.ts';
import type { WrittenTemplate } from '../../../lib/cdk/fence/written-template.ts';

/** How a variable stands in the text of `Fn::Sub`. */
const variable = (name: string) => `\${${name}}`;

const place = { account: '111111111111', region: 'eu-west-1' };

function templateOf(given: Partial<WrittenTemplate> = {}): WrittenTemplate {
  const template: WrittenTemplate = {
    path: 'cdk.out/shop.template.json',
    stack: undefined,
    place,
    resources: new Map([
      ['Role', { type: 'AWS::IAM::Role', properties: { RoleName: 'fis', Path: '/chaos/' } }],
      ['Plain', { type: 'AWS::IAM::Role', properties: { RoleName: 'fis' } }],
      ['Topic', { type: 'AWS::SNS::Topic', properties: {} }],
    ]),
    loops: new Map(),
    outputs: {},
    nested: new Map(),
    all: () => [template],
    ...given,
  };
  return template;
}

/** A template that exports names, deployed somewhere. */
const exporting = (where: Partial<typeof place>, outputs: WrittenTemplate['outputs']) =>
  templateOf({ place: { ...place, ...where }, outputs });

describe('a value of a template as text', () => {
  it.each<[unknown, string]>([
    ['plain', 'plain'],
    [5, '5'],
    [true, 'true'],
    [{ Ref: 'AWS::AccountId' }, '111111111111'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'Role' }, 'fis'],
    [{ 'Fn::Join': ['-', ['a', 1, { Ref: 'AWS::Region' }]] }, 'a-1-eu-west-1'],
    [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::111111111111:role/chaos/fis'],
    [{ 'Fn::GetAtt': 'Plain.Arn' }, 'arn:aws:iam::111111111111:role/fis'],
    [
      { 'Fn::Sub': [`${variable('name')}/${variable('Plain.Arn')}`, { name: 5 }] },
      '5/arn:aws:iam::111111111111:role/fis',
    ],
    [
      { 'Fn::Sub': `${variable('!Literal')} in ${variable('AWS::Region')}` },
      `${variable('Literal')} in eu-west-1`,
    ],
  ])('of %j is all of it', (value, text) => {
    expect(textOf(value, templateOf())).toBe(text);
  });

  it.each<[unknown, string]>([
    [null, '…'],
    [{}, '…'],
    [{ Other: 1 }, '…'],
    [{ Ref: ['Role'] }, '…'],
    [{ Ref: 'Nobody' }, '…'],
    [{ Ref: 'Topic' }, '…'],
    [{ 'Fn::GetAtt': ['Nobody', 'Arn'] }, '…'],
    [{ 'Fn::GetAtt': 'Role' }, '…'],
    [{ 'Fn::Join': 'not a list' }, '…'],
    [{ 'Fn::Sub': 5 }, '…'],
    [{ 'Fn::Select': [0, ['a']] }, '…'],
    [{ 'Fn::ImportValue': 'nobody-exports-it' }, '…'],
    ['{{resolve:ssm:/name}}', '…'],
    [{ 'Fn::Join': ['/', ['a', { 'Fn::Split': [',', 'b'] }]] }, 'a/…'],
    [{ 'Fn::GetAtt': ['Role', 'RoleId'] }, '…'],
  ])('of %j leaves a hole, never a guess', (value, text) => {
    const read = textOf(value, templateOf());
    expect([shown(read), isReadable(read)]).toEqual([text, false]);
  });

  it('of an attribute that nobody can know yet is the same each time', () => {
    const [one, other] = [{ 'Fn::GetAtt': ['Topic', 'Arn'] }, { 'Fn::GetAtt': 'Topic.Arn' }];
    expect(textOf(one, templateOf())).toBe(textOf(other, templateOf()));
    expect(isDefinite(textOf(one, templateOf()))).toBe(true);
    expect(isDefinite(textOf({ 'Fn::GetAtt': ['Nobody', 'Arn'] }, templateOf()))).toBe(false);
  });
});

describe('a value that comes from elsewhere', () => {
  const imported = { 'Fn::ImportValue': 'shop-name' };
  const named = { Name: { Value: 'shop', Export: { Name: 'shop-name' } } };

  it('is followed to the export of a stack in the same account and Region alone', () => {
    const importing = (...others: WrittenTemplate[]) =>
      textOf(imported, templateOf({ all: () => [templateOf(), ...others] }));
    expect(importing(exporting({}, named))).toBe('shop');
    const other = { Other: { Value: 'mail', Export: { Name: 'mail-name' } }, None: { Value: 'x' } };
    expect(importing(exporting({}, other), exporting({}, named))).toBe('shop');
    expect(isReadable(importing(exporting({ region: 'us-east-1' }, named)))).toBe(false);
    expect(isReadable(importing(exporting({ account: '222222222222' }, named)))).toBe(false);
  });

  it('is followed into a nested stack and out of it', () => {
    const parameters = { name: 'from above', role: { 'Fn::GetAtt': ['Role', 'Arn'] } };
    const parent = templateOf();
    const child = templateOf({
      within: { template: parent, parameters },
      outputs: { Out: { Value: { Ref: 'name' } } },
    });
    expect(textOf({ Ref: 'name' }, child)).toBe('from above');
    expect(textOf({ Ref: 'role' }, child)).toBe('arn:aws:iam::111111111111:role/chaos/fis');
    expect(resourceOf({ Ref: 'role' }, child)).toMatchObject({ id: 'Role', attribute: 'Arn' });
    const above = templateOf({ nested: new Map([['Child', child]]) });
    expect(textOf({ 'Fn::GetAtt': ['Child', 'Outputs.Out'] }, above)).toBe('from above');
    expect(isReadable(textOf({ 'Fn::GetAtt': ['Child', 'Outputs.None'] }, above))).toBe(false);
  });

  it('is an attribute of no resource where it is none', () => {
    expect(resourceOf('text', templateOf())).toBeUndefined();
    expect(resourceOf({ 'Fn::GetAtt': ['Nobody', 'Arn'] }, templateOf())).toBeUndefined();
  });
});

it.each<[unknown, boolean]>([
  [{ Ref: 'Role' }, true],
  [{ 'Fn::If': [] }, true],
  [{ Ref: 'Role', more: 1 }, false],
  [{ name: 1 }, false],
  ['text', false],
  [undefined, false],
])('%j is made when it is deployed: %s', (value, made) => {
  expect(isIntrinsic(value)).toBe(made);
});
