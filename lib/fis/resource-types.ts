/** How resources of one type are selected. */
export interface ResourceTypeFacts {
  /** Whether FIS selects them by their tags. Where it cannot, an environment declares the resources. */
  readonly byTag: boolean;
  /** Whether FIS takes their ARNs, at most five a target. */
  readonly byArn: boolean;
  /** Paths that FIS's guide filters by, in Describe's answer; absent where FIS takes no filters. */
  readonly filters?: readonly string[];
  /** What FIS calls the parameters of such a target. */
  readonly parameters?: readonly string[];
  readonly requiredParameters?: readonly string[];
  /** How a target is limited to one Availability Zone, where it can be. */
  readonly zone?: ZoneSelection;
  /** Under which key of a service an environment declares them, where FIS cannot select them by tag. */
  readonly declaredUnder?: 'eks' | 'roles';
  /** The types of CloudFormation that make such resources, also those whose tags pass on to them. */
  readonly cfnTypes: readonly string[];
  /** What the resource groups tagging API calls the type: the resource part of their ARNs. */
  readonly taggingTypes: readonly string[];
}

/** A filter's path, or a parameter of the target; some types of targets must name a zone. */
type ZoneSelection = { readonly filter: string } | { readonly parameter: string; readonly isRequired?: true };

/**
 * The types of resources that FIS's actions act on (FIS user guide, targets and actions reference, read November 2026). Whether FIS
 * selects IAM roles by tag is not documented, so they count as not selectable.
 */
export const resourceTypes = {
  'aws:arc:zonal-shift-managed-resource': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: [
      'AWS::AutoScaling::AutoScalingGroup',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'AWS::EKS::Cluster',
    ],
    taggingTypes: ['autoscaling:autoScalingGroup', 'elasticloadbalancing:loadbalancer', 'eks:cluster'],
  },
  'aws:directconnect:virtual-interface': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: [
      'AWS::DirectConnect::PrivateVirtualInterface',
      'AWS::DirectConnect::PublicVirtualInterface',
      'AWS::DirectConnect::TransitVirtualInterface',
    ],
    taggingTypes: ['directconnect:dxvif'],
  },
  'aws:dsql:cluster': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: ['AWS::DSQL::Cluster'],
    taggingTypes: ['dsql:cluster'],
  },
  'aws:dynamodb:global-table': {
    byTag: true,
    byArn: true,
    filters: ['MultiRegionConsistency'],
    cfnTypes: ['AWS::DynamoDB::GlobalTable'],
    taggingTypes: ['dynamodb:table'],
  },
  'aws:ec2:autoscaling-group': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: ['AWS::AutoScaling::AutoScalingGroup'],
    taggingTypes: ['autoscaling:autoScalingGroup'],
  },
  'aws:ec2:ebs-volume': {
    byTag: true,
    byArn: true,
    filters: ['Attachments.DeleteOnTermination'],
    parameters: ['availabilityZoneIdentifier'],
    zone: { parameter: 'availabilityZoneIdentifier' },
    cfnTypes: ['AWS::EC2::Volume'],
    taggingTypes: ['ec2:volume'],
  },
  'aws:ec2:instance': {
    byTag: true,
    byArn: true,
    filters: [
      'State.Name',
      'Placement.AvailabilityZone',
      'VpcId',
      'SubnetId',
      'NetworkInterfaces.Groups.GroupId',
    ],
    zone: { filter: 'Placement.AvailabilityZone' },
    cfnTypes: ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup'],
    taggingTypes: ['ec2:instance'],
  },
  'aws:ec2:spot-instance': {
    byTag: true,
    byArn: true,
    filters: ['State.Name'],
    cfnTypes: [
      'AWS::EC2::Instance',
      'AWS::AutoScaling::AutoScalingGroup',
      'AWS::EC2::SpotFleet',
      'AWS::EC2::EC2Fleet',
    ],
    taggingTypes: ['ec2:instance'],
  },
  'aws:ec2:subnet': {
    byTag: true,
    byArn: true,
    filters: ['AvailabilityZone'],
    parameters: ['availabilityZoneIdentifier', 'vpc'],
    zone: { parameter: 'availabilityZoneIdentifier' },
    cfnTypes: ['AWS::EC2::Subnet'],
    taggingTypes: ['ec2:subnet'],
  },
  'aws:ec2:transit-gateway': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: ['AWS::EC2::TransitGateway'],
    taggingTypes: ['ec2:transit-gateway'],
  },
  'aws:ec2:vpc-endpoint': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: ['AWS::EC2::VPCEndpoint'],
    taggingTypes: ['ec2:vpc-endpoint'],
  },
  'aws:ecs:cluster': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: ['AWS::ECS::Cluster'],
    taggingTypes: ['ecs:cluster'],
  },
  'aws:ecs:task': {
    byTag: true,
    byArn: true,
    filters: ['AvailabilityZone'],
    parameters: ['cluster', 'service'],
    zone: { filter: 'AvailabilityZone' },
    cfnTypes: ['AWS::ECS::Service', 'AWS::ECS::TaskSet'],
    taggingTypes: ['ecs:task'],
  },
  'aws:eks:cluster': {
    byTag: false,
    byArn: true,
    declaredUnder: 'eks',
    cfnTypes: ['AWS::EKS::Cluster'],
    taggingTypes: [],
  },
  'aws:eks:nodegroup': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: ['AWS::EKS::Nodegroup'],
    taggingTypes: ['eks:nodegroup'],
  },
  'aws:eks:pod': {
    byTag: false,
    byArn: false,
    parameters: [
      'clusterIdentifier',
      'namespace',
      'selectorType',
      'selectorValue',
      'availabilityZoneIdentifier',
      'targetContainerName',
    ],
    requiredParameters: ['clusterIdentifier', 'namespace', 'selectorType', 'selectorValue'],
    zone: { parameter: 'availabilityZoneIdentifier' },
    declaredUnder: 'eks',
    cfnTypes: [],
    taggingTypes: [],
  },
  'aws:elasticache:replicationgroup': {
    byTag: true,
    byArn: true,
    filters: [],
    parameters: ['availabilityZoneIdentifier'],
    requiredParameters: ['availabilityZoneIdentifier'],
    zone: { parameter: 'availabilityZoneIdentifier', isRequired: true },
    cfnTypes: ['AWS::ElastiCache::ReplicationGroup'],
    taggingTypes: ['elasticache:replicationgroup'],
  },
  'aws:iam:role': {
    byTag: false,
    byArn: true,
    filters: [],
    declaredUnder: 'roles',
    cfnTypes: ['AWS::IAM::Role'],
    taggingTypes: [],
  },
  'aws:kinesis:stream': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: ['AWS::Kinesis::Stream'],
    taggingTypes: ['kinesis:stream'],
  },
  'aws:lambda:function': {
    byTag: true,
    byArn: true,
    filters: [],
    parameters: ['functionQualifier'],
    cfnTypes: ['AWS::Lambda::Function'],
    taggingTypes: ['lambda:function'],
  },
  'aws:memorydb:multi-region-cluster': {
    byTag: true,
    byArn: true,
    filters: [],
    cfnTypes: ['AWS::MemoryDB::MultiRegionCluster'],
    taggingTypes: ['memorydb:multiregioncluster'],
  },
  'aws:rds:cluster': {
    byTag: true,
    byArn: true,
    filters: ['Engine', 'AvailabilityZones'],
    parameters: ['writerAvailabilityZoneIdentifiers'],
    zone: { parameter: 'writerAvailabilityZoneIdentifiers' },
    cfnTypes: ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster'],
    taggingTypes: ['rds:cluster'],
  },
  'aws:rds:db': {
    byTag: true,
    byArn: true,
    filters: [],
    parameters: ['availabilityZoneIdentifiers'],
    zone: { parameter: 'availabilityZoneIdentifiers' },
    cfnTypes: ['AWS::RDS::DBInstance', 'AWS::DocDB::DBInstance'],
    taggingTypes: ['rds:db'],
  },
  'aws:s3:bucket': {
    byTag: true,
    byArn: false,
    filters: [],
    cfnTypes: ['AWS::S3::Bucket'],
    taggingTypes: ['s3:bucket'],
  },
} as const satisfies Readonly<Record<string, ResourceTypeFacts>>;

export type ResourceType = keyof typeof resourceTypes;

/** What is known of a type, whichever it is. */
export const resourceTypeFacts = (type: ResourceType): ResourceTypeFacts => resourceTypes[type];

/** Whether a text names a type that FIS acts on. */
export const isResourceType = (type: string): type is ResourceType => Object.hasOwn(resourceTypes, type);

/** The types that FIS selects by tag. */
export const typesSelectedByTag: readonly ResourceType[] = Object.keys(resourceTypes)
  .filter(isResourceType)
  .filter((type) => resourceTypes[type].byTag);

/** The types that a type of CloudFormation makes: of an Auto Scaling group itself and its instances. */
export const typesMadeBy = (cfnType: string): ResourceType[] =>
  Object.keys(resourceTypes)
    .filter(isResourceType)
    .filter((type) => resourceTypeFacts(type).cfnTypes.includes(cfnType));
