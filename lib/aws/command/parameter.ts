import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { isNamed } from '../aws-error.ts';
import { asking } from './aws-problem.ts';

/** The text of a parameter; undefined where there is none of the name. */
export const parameterOf = (ssm: SSMClient, name: string): Promise<string | undefined> =>
  asking({ action: 'ssm:GetParameter', resource: `parameter${name}` }, async () => {
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
      return Parameter?.Value;
    } catch (thrown) {
      if (isNamed(thrown, 'ParameterNotFound')) return undefined;
      throw thrown;
    }
  });
