import type { Framework } from './framework.ts';

/**
 * NestJS. Read in @nestjs/common 12.5.1, microservices and websockets 12.1.1, graphql 14.0.3, schedule 12.0.2, bull,
 * bullmq, cqrs and passport 12.0.0, event-emitter 12.0.1. Providers, `useFactory`, `onModuleInit` and `@Timeout` run once.
 */
export const nestjs: Framework = {
  name: 'NestJS',
  modules: ['@nestjs/'],
  calls: [
    // common/decorators/http/create-route-param-metadata.decorator.d.ts:14.
    { what: 'parameter decorator', names: ['createParamDecorator'] },
  ],
  methods: [
    {
      what: 'route handler',
      // common/decorators/http/request-mapping.decorator.d.ts, sse.decorator.d.ts.
      decorators: [
        'Get',
        'Post',
        'Put',
        'Delete',
        'Patch',
        'Options',
        'Head',
        'All',
        'Search',
        'Sse',
        'RequestMapping',
      ],
    },
    {
      what: 'message handler',
      // microservices/decorators, websockets/decorators, event-emitter/dist/decorators.
      decorators: [
        'MessagePattern',
        'EventPattern',
        'GrpcMethod',
        'GrpcStreamMethod',
        'GrpcStreamCall',
        'SubscribeMessage',
        'OnEvent',
      ],
    },
    {
      what: 'resolver',
      // graphql/dist/decorators.
      decorators: ['Query', 'Mutation', 'Subscription', 'ResolveField', 'ResolveProperty', 'ResolveReference'],
    },
    // schedule/dist/decorators.
    { what: 'scheduled job', decorators: ['Cron', 'Interval'] },
    {
      what: 'job',
      // bull/dist/decorators, bullmq/dist/decorators.
      decorators: [
        'Process',
        'OnWorkerEvent',
        'OnQueueEvent',
        'OnQueueActive',
        'OnQueueCompleted',
        'OnQueueFailed',
        'OnQueueProgress',
      ],
    },
    // bullmq/dist/hosts/worker-host.class.d.ts:5.
    { what: 'job', classes: ['WorkerHost'], methods: ['process'] },
    // common/interfaces/features, exceptions, middleware.
    { what: 'guard', classes: ['CanActivate', 'AuthGuard'], methods: ['canActivate', 'handleRequest'] },
    { what: 'interceptor', classes: ['NestInterceptor'], methods: ['intercept'] },
    { what: 'pipe', classes: ['PipeTransform'], methods: ['transform'] },
    { what: 'middleware', classes: ['NestMiddleware'], methods: ['use'] },
    { what: 'exception filter', classes: ['ExceptionFilter', 'BaseExceptionFilter'], methods: ['catch'] },
    // passport/dist/passport/passport.strategy.d.ts:39.
    { what: 'strategy', classes: ['PassportStrategy'], methods: ['validate'] },
    // websockets/interfaces/hooks; OnGatewayInit runs once.
    {
      what: 'gateway',
      classes: ['OnGatewayConnection', 'OnGatewayDisconnect'],
      methods: ['handleConnection', 'handleDisconnect'],
    },
    // cqrs/dist/interfaces.
    {
      what: 'command handler',
      classes: ['ICommandHandler', 'IQueryHandler', 'IEventHandler'],
      methods: ['execute', 'handle'],
    },
    // common/interfaces/scope-options.interface.d.ts:18. TRANSIENT is one for each consumer, not for each request.
    { what: 'request-scoped provider', constructedFor: ['Scope.REQUEST'] },
  ],
};
