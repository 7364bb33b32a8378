/** The package's entry `steadfast-chaos/testing`: a lab and its faults inside a test suite of Vitest, Jest or node:test. */
export { assertHolds, type Held, type HoldOptions } from './holds.ts';
export { lab } from './lab.ts';
export { labFixture } from './lab-fixture.ts';
export { matchers, type TestMatchers } from './matchers.ts';
export { assertRecoversWithin } from './recovers.ts';
export type { Look, SamplingOptions, TestTolerances } from './sampling.ts';
export type { Subject, TestProbe } from './subject.ts';
export type { TestFault, ToxicFault } from './test-fault.ts';
export type {
  FaultBite,
  FaultEnd,
  FaultOn,
  FaultOptions,
  LabOptions,
  TestLab,
  TestLink,
  TestReplica,
} from './test-lab.ts';
export { type TestHooks, useLab } from './use-lab.ts';
export { DidNotBite, type WithFaultOptions, withFault } from './with-fault.ts';
