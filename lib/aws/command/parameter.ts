import { GetParameterCommand, paginateGetParametersByPath, type SSMClient } from '@aws-sdk/client-ssm';
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

/** The parameters right under a path: the last part of each name with its text. */
export const parametersUnder = (ssm: SSMClient, path: string): Promise<ReadonlyMap<string, string>> =>
  asking({ action: 'ssm:GetParametersByPath', resource: `parameter${path}` }, async () => {
    const found = new Map<string, string>();
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client: ssm }, { Path: path }))
      for (const { Name = '', Value = '' } of Parameters) found.set(Name.slice(path.length + 1), Value);
    return found;
  });
