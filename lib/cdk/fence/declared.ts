import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { fits } from '../../fis/arn.ts';
import { canonicalJson } from '../../plan/canonical-json.ts';
import { isDefinite } from './holes.ts';
import { textOf } from './intrinsics.ts';
import type { WrittenTemplate } from './written-template.ts';

/** Whether a value of a template is what one of the patterns says: as text, or as the same token of CDK. */
export const isAmong = (patterns: readonly string[], value: unknown, template: WrittenTemplate): boolean =>
  patterns.some((pattern) =>
    Token.isUnresolved(pattern) ? isToken(pattern, value, template) : fits(pattern, textOf(value, template)),
  );

/** Whether a value is what a token becomes in the stack of a template. */
function isToken(token: string, value: unknown, template: WrittenTemplate): boolean {
  const { stack } = template;
  if (stack === undefined) return false;
  const here: unknown = stack.resolve(token);
  const text = textOf(here, template);
  if (!isDefinite(text) || text !== textOf(value, template)) return false;
  // Of a stack that does not refer to it, CDK gives the logical id in the other stack, which may mean something else here.
  return Tokenization.reverseString(token).tokens.every(
    (part) =>
      !Reference.isReference(part) ||
      Stack.of(part.target) === stack ||
      canonicalJson(Stack.of(part.target).resolve(token)) !== canonicalJson(here),
  );
}

/** A pattern for people: a token by the path of its construct. */
export function shownPattern(pattern: string): string {
  const reference = Tokenization.reverseString(pattern).tokens.find((part) => Reference.isReference(part));
  return reference === undefined ? pattern : reference.target.node.path;
}
