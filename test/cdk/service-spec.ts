import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const database = loadAwsServiceSpecSync();

/** What CloudFormation knows of a type of resource, as AWS publishes it; undefined where it knows none of that name. */
export const resourceSpec = (type: string) =>
  database.lookup('resource', 'cloudFormationType', 'equals', type).at(0);

export type ResourceSpec = NonNullable<ReturnType<typeof resourceSpec>>;
export type PropertySpecs = ResourceSpec['properties'];
export type PropertyType = PropertySpecs[string]['type'];

/** The properties of a type that other properties refer to. */
export const propertiesOfReference = (type: PropertyType & { readonly type: 'ref' }): PropertySpecs =>
  database.get('typeDefinition', type.reference).properties;
