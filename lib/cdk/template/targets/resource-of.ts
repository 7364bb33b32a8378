import { CfnResource, TagManager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type ResourceType, resourceTypeFacts, typesMadeBy } from '../../../fis/resource-types.ts';

/** A construct and the resource that it makes, with what holds its tags. */
export interface ConstructResource {
  readonly construct: IConstruct;
  readonly resource: CfnResource;
  readonly tags: TagManager | undefined;
}

/** The resource that FIS would hit of a construct, where it is to be of a type; or why there is none. */
export function resourceOf(
  construct: IConstruct,
  resourceType: ResourceType,
): ConstructResource | { readonly why: string; readonly hint: string } {
  const made = madeBy(construct, resourceType);
  const [resource] = made;
  if (resource === undefined) {
    return {
      why: `${construct.node.path} makes no ${resourceType}, or was made elsewhere`,
      hint: 'select it by its tags: FisTarget.tagged',
    };
  }
  if (made.length > 1) {
    return {
      why: `${construct.node.path} makes several resources of ${resourceType}`,
      hint: `name the one that is meant: ${made.map(({ node }) => node.path).join(', ')}`,
    };
  }
  // Some constructs hold the tags of their resource themselves, as those of DynamoDB's global tables do.
  const tags = TagManager.of(resource) ?? TagManager.of(construct);
  const isByTag = typesMadeBy(resource.cfnResourceType).some((type) => resourceTypeFacts(type).byTag);
  if (tags === undefined && isByTag) {
    return {
      why: `${construct.node.path} takes no tags, so FIS could not find it`,
      hint: 'name the construct that takes them',
    };
  }
  return { construct, resource, tags };
}

/** What a construct stands for: its own resource, whatever it is, else those of its children that are of the type. */
function madeBy(construct: IConstruct, resourceType: ResourceType): CfnResource[] {
  const own = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (own !== undefined && CfnResource.isCfnResource(own)) return [own];
  const inside = own === undefined ? construct.node.children : [own, ...construct.node.children];
  return [...new Set(inside)].flatMap((child) => {
    const resource = CfnResource.isCfnResource(child) ? child : child.node.defaultChild;
    return resource !== undefined &&
      CfnResource.isCfnResource(resource) &&
      typesMadeBy(resource.cfnResourceType).includes(resourceType)
      ? [resource]
      : [];
  });
}
