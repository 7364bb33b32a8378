import { Option } from '@commander-js/extra-typings';

/** Options that the words which act in AWS share. What begins something names its environment; what looks or ends may leave it out. */
export const environmentOption = () =>
  new Option(
    '--env <name>',
    "the environment: the project's, or one that is deployed there",
  ).makeOptionMandatory();

export const maybeEnvironmentOption = () =>
  new Option('--env <name>', "the environment (default: the project's, where it has one only)");

export const profileOption = () =>
  new Option('--profile <name>', 'the AWS profile (default: AWS_PROFILE, else the default chain)');

export const regionOption = () =>
  new Option('--region <name>', "the Region (default: the environment's, else AWS_REGION or the profile's)");
