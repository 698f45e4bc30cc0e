import type { Rows } from '../rows.ts';

export const rows: Rows = {
  repeated: {
    'a controller': {
      what: 'route handler',
      code: `import { Controller, Get } from '@nestjs/common';
@Controller()
export class Users { @Get(':id') async one() { new Pool(); } }`,
    },
    'a message': {
      what: 'message handler',
      code: `import { MessagePattern } from '@nestjs/microservices';
export class Users { @MessagePattern('x') async one() { new Pool(); } }`,
    },
    'a resolver': {
      what: 'resolver',
      code: `import { Query, Resolver } from '@nestjs/graphql';
@Resolver()
export class Users { @Query(() => [User]) async all() { new Pool(); } }`,
    },
    'a gateway': {
      what: 'message handler',
      code: `import { SubscribeMessage } from '@nestjs/websockets';
export class Chat { @SubscribeMessage('x') async hear() { new Pool(); } }`,
    },
    'a schedule': {
      what: 'scheduled job',
      code: `import { Cron } from '@nestjs/schedule';
export class Sync { @Cron('* * * * *') async run() { new Pool(); } }`,
    },
    'a queue': {
      what: 'job',
      code: `import { Processor, WorkerHost } from '@nestjs/bullmq';
@Processor('x')
export class Mails extends WorkerHost { async process(job) { new Pool(); } }`,
    },
    'a guard': {
      what: 'guard',
      code: `import type { CanActivate } from '@nestjs/common';
export class Auth implements CanActivate { async canActivate(context) { new Pool(); return true; } }`,
    },
    'an interceptor': {
      what: 'interceptor',
      code: `import type { NestInterceptor } from '@nestjs/common';
export class Log implements NestInterceptor { async intercept(context, handler) { new Pool(); } }`,
    },
    'a pipe': {
      what: 'pipe',
      code: `import type { PipeTransform } from '@nestjs/common';
export class Find implements PipeTransform { async transform(value) { new Pool(); } }`,
    },
    middleware: {
      what: 'middleware',
      code: `import type { NestMiddleware } from '@nestjs/common';
export class Db implements NestMiddleware { use(q, s, next) { new Pool(); next(); } }`,
    },
    'a strategy': {
      what: 'strategy',
      code: `import { PassportStrategy } from '@nestjs/passport';
export class Jwt extends PassportStrategy(Strategy) { async validate(payload) { new Pool(); } }`,
    },
    'a request-scoped provider': {
      what: 'request-scoped provider',
      code: `import { Injectable, Scope } from '@nestjs/common';
@Injectable({ scope: Scope.REQUEST })
export class Db { constructor() { this.pool = new Pool(); } }`,
    },
    'a parameter decorator': {
      what: 'parameter decorator',
      code: `import { createParamDecorator } from '@nestjs/common';
export const User = createParamDecorator(async (data, context) => { new Pool(); });`,
    },
    'a queue of Bull': {
      what: 'job',
      code: `import { Process } from '@nestjs/bull';
export class Mails { @Process('x') async send(job) { new Pool(); } }`,
    },
    'a filter': {
      what: 'exception filter',
      code: `import type { ExceptionFilter } from '@nestjs/common';
export class Save implements ExceptionFilter { catch(error, host) { new Pool(); } }`,
    },
    'a connection of a gateway': {
      what: 'gateway',
      code: `import type { OnGatewayConnection } from '@nestjs/websockets';
export class Chat implements OnGatewayConnection { async handleConnection(one) { new Pool(); } }`,
    },
    'a command': {
      what: 'command handler',
      code: `import type { ICommandHandler } from '@nestjs/cqrs';
export class Save implements ICommandHandler<Order> { async execute(one) { new Pool(); } }`,
    },
  },
  once: {
    'a provider': {
      code: `import { Injectable } from '@nestjs/common';
@Injectable()
export class Db { constructor() { this.pool = new Pool(); } }`,
    },
    'a transient provider': {
      code: `import { Injectable, Scope } from '@nestjs/common';
@Injectable({ scope: Scope.TRANSIENT })
export class Db { constructor() { this.pool = new Pool(); } }`,
    },
    'a factory': {
      code: `import { Module } from '@nestjs/common';
@Module({ providers: [{ provide: 'DB', useFactory: () => new Pool() }] })
export class Db {}`,
    },
    initialisation: {
      code: `import { Injectable } from '@nestjs/common';
@Injectable()
export class Db { async onModuleInit() { this.pool = new Pool(); } }`,
    },
    'a timeout': {
      code: `import { Timeout } from '@nestjs/schedule';
export class Sync { @Timeout(100) async run() { this.pool = new Pool(); } }`,
    },
  },
};
