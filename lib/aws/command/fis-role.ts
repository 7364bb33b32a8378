import { type FisClient, GetExperimentTemplateCommand } from '@aws-sdk/client-fis';
import { isNamed } from '../aws-error.ts';
import { asking } from './aws-problem.ts';

/** The role that FIS takes on for a template; undefined where there is no such template. */
export const fisRoleOf = (fis: FisClient, templateId: string): Promise<string | undefined> =>
  asking({ action: 'fis:GetExperimentTemplate', resource: `experiment-template/${templateId}` }, async () => {
    try {
      const { experimentTemplate } = await fis.send(new GetExperimentTemplateCommand({ id: templateId }));
      return experimentTemplate?.roleArn;
    } catch (thrown) {
      if (isNamed(thrown, 'ResourceNotFoundException')) return undefined;
      throw thrown;
    }
  });
