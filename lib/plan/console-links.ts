import { type Place, partitionOf } from './aws-names.ts';

/** The console of each partition. */
const consoleHosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

const consoleOf = ({ region }: Place, service: string) =>
  `https://${region}.${consoleHosts[partitionOf(region)] ?? consoleHosts['aws']}/${service}/home?region=${region}`;

/** An execution of a state machine, in the console. */
export const executionLink = (place: Place, arn: string) =>
  `${consoleOf(place, 'states')}#/v2/executions/details/${arn}`;

/** A dashboard of CloudWatch, in the console. */
export const dashboardLink = (place: Place, name: string) =>
  `${consoleOf(place, 'cloudwatch')}#dashboards/dashboard/${name}`;

/** An FIS experiment, in the console. */
export const experimentLink = (place: Place, id: string) =>
  `${consoleOf(place, 'fis')}#ExperimentDetails:ExperimentId=${id}`;
