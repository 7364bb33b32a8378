import { describe, expect, it } from 'vitest';
import { siblingFile } from '../../../lib/lab/processes/start-helper.ts';

describe('the file of a helper', () => {
  it.each(['ts', 'js'])('has the extension of the file beside it: %s', (extension) => {
    expect(siblingFile(`file:///package/lab/start-balancer.${extension}`, 'balancer-child')).toBe(
      `/package/lab/balancer-child.${extension}`,
    );
  });
});
