import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, the longest first, as measured on two cores; whoever finds another one adds it. Two that play labs do not begin together: they would wait for each other. */
const longest = [
  'end-to-end/game-day-page',
  'end-to-end/tarball',
  'end-to-end/failure-cases',
  'end-to-end/command-rehearse',
  'report/report-page',
  'end-to-end/command-interrupted',
  'end-to-end/command-killed',
  'end-to-end/command',
  'game-day-page/page',
  'end-to-end/game-day-in-aws',
  'end-to-end/aws-run',
  'end-to-end/longest-run',
  'bench/synth',
  'end-to-end/command-modules',
  'laws/state-between-steps',
  'run/repeated-steps',
  'laws/judging',
  'plan/catalogue-laws',
  'app/add-steadfast',
  'cdk/app',
].map((name) => `/test/${name}.test.ts`);

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = longest.findIndex((name) => moduleId.endsWith(name));
  return rank === -1 ? longest.length : rank;
};

/** The projects one after the other, since only then do files share workers; in each what takes longest first, so that no worker ends alone. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const names = this.ctx.projects.map(({ name }) => name);
    const placeOf = ({ project }: TestSpecification): number => names.indexOf(project.name);
    return (await super.sort(files)).toSorted(
      (one, other) => placeOf(one) - placeOf(other) || rankOf(one) - rankOf(other),
    );
  }
}
