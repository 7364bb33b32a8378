/** What the entry for test suites gives. */
export const entryNames = [
  'DidNotBite',
  'assertHolds',
  'assertRecoversWithin',
  'lab',
  'labFixture',
  'matchers',
  'useLab',
  'withFault',
];

/** Tells what the entry gives, and what it loads of what it should not. */
export const loadsTesting = `
        import { registerHooks } from 'node:module';
        const urls = [];
        registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
        const testing = await import('steadfast-chaos/testing');
        await import('steadfast-chaos/testing/vitest');
        await import('steadfast-chaos/testing/jest');
        console.log(JSON.stringify([
          Object.keys(testing).sort(),
          urls.filter((url) => /@aws-sdk|@smithy|aws-cdk-lib|constructs|vitest\\/dist|\\/expect\\//.test(url)),
        ]));
`;

/** A test of a project in TypeScript. */
export const testOfShop = `
    import { assertHolds, type TestFault, type TestLab, useLab, withFault } from 'steadfast-chaos/testing';

    const shop: TestLab = useLab('shop');
    const slow: TestFault = {
      action: 'aws:ecs:task-network-latency',
      selector: { service: 'shop' },
      parameters: { delay: '3s', to: ['database'] },
    };
    const status: number = await withFault(shop, slow, async ({ signal }) => {
      const response = await shop.fetch('shop', '/products', { signal });
      return response.status;
    });
    await assertHolds(() => status, { value: { below: 300 } }, { for: '1s' });
  `;
