import type { Framework } from './framework.ts';

/** AWS Lambda. Read in @types/aws-lambda 8.10.164, @middy/core 6.4.5. Module code runs once for each instance. */
export const awsLambda: Framework = {
  name: 'AWS Lambda',
  modules: ['aws-lambda', '@types/aws-lambda', '@middy/core', '@middy/', '@aws-lambda-powertools/'],
  calls: [
    // @middy/core/index.d.ts:193-203; `.handler(fn)` :98, hooks :95-97.
    { what: 'handler', names: ['middy'] },
    { what: 'handler', names: ['handler'], on: { made: ['default', 'middy'], names: ['middy'] } },
    {
      what: 'middleware',
      names: ['before', 'after', 'onError'],
      on: { made: ['default', 'middy'], names: ['handler', 'middy'] },
    },
    {
      what: 'middleware',
      // MiddlewareObj, @middy/core/index.d.ts:56-58.
      names: ['use'],
      on: { made: ['default', 'middy'], names: ['handler', 'middy'] },
      properties: ['before', 'after', 'onError'],
    },
    // handler.d.ts: global `awslambda.streamifyResponse`.
    { what: 'handler', names: ['streamifyResponse'] },
  ],
  files: [
    {
      what: 'handler',
      // Not any path: commands of yargs export a `handler`, too.
      path: '(?:^|[/._-])(?:lambdas?|functions|handlers?|serverless)(?:[/._-]|$)',
      exports: ['handler', 'lambdaHandler'],
    },
    { what: 'handler', path: '\\.[cm]?[jt]s$', imports: true, exports: ['handler', 'lambdaHandler', 'main'] },
  ],
  // handler.d.ts, trigger/*.d.ts.
  types: [
    {
      what: 'handler',
      names: [
        'Handler',
        'ALBHandler',
        'APIGatewayProxyHandler',
        'APIGatewayProxyHandlerV2',
        'APIGatewayProxyWebsocketHandlerV2',
        'APIGatewayTokenAuthorizerHandler',
        'APIGatewayRequestAuthorizerHandler',
        'AppSyncResolverHandler',
        'CloudFormationCustomResourceHandler',
        'CloudFrontRequestHandler',
        'CloudWatchLogsHandler',
        'DynamoDBStreamHandler',
        'EventBridgeHandler',
        'FirehoseTransformationHandler',
        'KinesisStreamHandler',
        'LambdaFunctionURLHandler',
        'MSKHandler',
        'PostConfirmationTriggerHandler',
        'PreSignUpTriggerHandler',
        'S3Handler',
        'SESHandler',
        'SNSHandler',
        'SQSHandler',
        'ScheduledHandler',
        'SelfManagedKafkaHandler',
      ],
    },
  ],
  parameters: [{ what: 'handler', names: ['event', 'context'] }],
};
