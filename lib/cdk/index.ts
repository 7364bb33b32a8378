/** What a CDK app can use without definitions; `lib/app` adds what reads them. */
export { environmentFence } from './fence.ts';
