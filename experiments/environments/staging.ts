import { defineEnvironment } from 'steadfast-chaos';

const loadBalancer = 'app/shop-staging/0a1b2c3d4e5f6071';

const queue = (name: string, QueueName: string) => ({
  namespace: 'AWS/SQS',
  name,
  dimensions: { QueueName },
  statistic: 'Maximum',
});

/** Where experiments run every week. It shares an account with nothing of production, but the network: so a guard watches production. */
export default defineEnvironment({
  id: 'staging',
  account: '111111111111',
  region: 'eu-west-1',
  tag: { key: 'Env', value: 'staging' },
  production: false,
  services: {
    shop: {
      url: 'https://shop.staging.example.com',
      host: 'shop.staging.example.com',
      tags: { Service: 'shop' },
      ecs: { cluster: 'staging', service: 'shop' },
      has: ['aws:ecs:task'],
      uses: ['database', 'cache', 'checkout', 'recommendations'],
    },
    // An Aurora cluster: one writer, one reader, in two zones.
    database: {
      host: 'database.staging.example.com',
      tags: { Service: 'database' },
      has: ['aws:rds:cluster'],
    },
    cache: {
      host: 'cache.staging.example.com',
      tags: { Service: 'cache' },
      has: ['aws:elasticache:replicationgroup'],
    },
    // Lambda functions with the FIS extension, which looks for faults below this prefix.
    checkout: {
      host: 'checkout.staging.example.com',
      tags: { Service: 'checkout' },
      has: ['aws:lambda:function'],
      faultConfiguration: 'arn:aws:s3:::shop-staging-faults/checkout/',
    },
    // A Lambda function as well, which takes the money for an order.
    payment: {
      host: 'payment.staging.example.com',
      tags: { Service: 'payment' },
      has: ['aws:lambda:function'],
      faultConfiguration: 'arn:aws:s3:::shop-staging-faults/payment/',
    },
    // FIS selects pods by cluster and namespace, never by tag: so both are declared.
    recommendations: {
      host: 'recommendations.staging.example.com',
      eks: {
        cluster: 'arn:aws:eks:eu-west-1:111111111111:cluster/staging',
        namespace: 'shop-staging',
        pods: { label: 'app=recommendations' },
        serviceAccount: 'fis',
      },
    },
    orders: { tags: { Service: 'orders' }, has: ['aws:dynamodb:global-table'] },
    // They work off the queue of orders on Spot Instances, and ask EC2 about themselves with this role.
    workers: {
      tags: { Service: 'workers' },
      has: ['aws:ec2:instance', 'aws:ec2:spot-instance'],
      roles: ['arn:aws:iam::111111111111:role/shop-workers-staging'],
      uses: ['orders', 'payment'],
    },
    network: { tags: { Service: 'network' }, has: ['aws:ec2:subnet'] },
  },
  metrics: {
    // The load balancer counts errors only when there are some: FILL makes silence a zero.
    shopErrorRate: {
      expression: '100 * FILL(errors, 0) / requests',
      metrics: {
        errors: {
          namespace: 'AWS/ApplicationELB',
          name: 'HTTPCode_Target_5XX_Count',
          dimensions: { LoadBalancer: loadBalancer },
          statistic: 'Sum',
        },
        requests: {
          namespace: 'AWS/ApplicationELB',
          name: 'RequestCount',
          dimensions: { LoadBalancer: loadBalancer },
          statistic: 'Sum',
        },
      },
    },
    // Production sends this metric to staging's account as well, so that an alarm here can watch it.
    productionErrorRate: {
      namespace: 'Shop',
      name: 'ErrorRate',
      dimensions: { Environment: 'production' },
      statistic: 'Average',
    },
    ordersInDeadLetters: queue('ApproximateNumberOfMessagesVisible', 'shop-orders-dead-letters-staging'),
    orderQueueAge: queue('ApproximateAgeOfOldestMessage', 'shop-orders-staging'),
    // In a minute without calls there is none that failed: FILL makes silence a zero.
    paymentErrors: {
      expression: 'FILL(errors, 0)',
      metrics: {
        errors: {
          namespace: 'AWS/Lambda',
          name: 'Errors',
          dimensions: { FunctionName: 'payment-staging' },
          statistic: 'Sum',
        },
      },
    },
    // In seconds: the workers look at the orders themselves, since a queue tells nothing of an order that has left it unpaid.
    oldestUnpaidOrder: {
      namespace: 'Shop',
      name: 'OldestUnpaidOrder',
      dimensions: { Environment: 'staging' },
      statistic: 'Maximum',
    },
    // Milliseconds in CloudWatch; an age is judged in seconds.
    orderReplicationLag: {
      expression: 'lag / 1000',
      metrics: {
        lag: {
          namespace: 'AWS/DynamoDB',
          name: 'ReplicationLatency',
          dimensions: { TableName: 'shop-orders-staging', ReceivingRegion: 'eu-central-1' },
          statistic: 'Maximum',
        },
      },
    },
  },
  guards: {
    shopErrors: { metric: 'shopErrorRate', above: 20, for: '2m' },
    productionErrors: { metric: 'productionErrorRate', above: 1, for: '1m', watches: 'production' },
  },
  // They call whoever is on call, and end nothing.
  alarms: { paymentErrors: 'payment-errors-staging', oldOrders: 'order-queue-age-staging' },
  owns: { clusters: ['staging'] },
  untouchable: ['arn:aws:ecs:*:*:task/payments/*', 'arn:aws:dynamodb:*:*:table/payments*'],
  notify: { emails: ['team-shop@example.com'] },
});
