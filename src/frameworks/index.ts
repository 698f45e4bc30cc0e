import type { Framework } from './framework.ts';
import { agenda } from './agenda.ts';
import { amqplib } from './amqplib.ts';
import { apolloServer } from './apollo-server.ts';
import { astro } from './astro.ts';
import { awsLambda } from './aws-lambda.ts';
import { azureFunctions } from './azure-functions.ts';
import { bots } from './bots.ts';
import { bull } from './bull.ts';
import { bullmq } from './bullmq.ts';
import { bun } from './bun.ts';
import { cloudflareWorkers } from './cloudflare-workers.ts';
import { cron } from './cron.ts';
import { deno } from './deno.ts';
import { elysia } from './elysia.ts';
import { expressWs } from './express-ws.ts';
import { express } from './express.ts';
import { fastify } from './fastify.ts';
import { feathers } from './feathers.ts';
import { firebaseFunctions } from './firebase-functions.ts';
import { googleCloudFunctions } from './google-cloud-functions.ts';
import { graphqlYoga } from './graphql-yoga.ts';
import { graphql } from './graphql.ts';
import { grpc } from './grpc.ts';
import { h3 } from './h3.ts';
import { hapi } from './hapi.ts';
import { hono } from './hono.ts';
import { kafkajs } from './kafkajs.ts';
import { koa } from './koa.ts';
import { nestjs } from './nestjs.ts';
import { netlifyFunctions } from './netlify-functions.ts';
import { nextjs } from './nextjs.ts';
import { nodeCron } from './node-cron.ts';
import { nodeHttp } from './node-http.ts';
import { nodeSchedule } from './node-schedule.ts';
import { pgBoss } from './pg-boss.ts';
import { pothos } from './pothos.ts';
import { reactRouter } from './react-router.ts';
import { restify } from './restify.ts';
import { routingControllers } from './routing-controllers.ts';
import { socketIo } from './socket-io.ts';
import { sveltekit } from './sveltekit.ts';
import { tanstackStart } from './tanstack-start.ts';
import { timers } from './timers.ts';
import { trpc } from './trpc.ts';
import { typeGraphql } from './type-graphql.ts';
import { vercelFunctions } from './vercel-functions.ts';
import { ws } from './ws.ts';

/** Every framework we know, alphabetical by file. */
export const frameworks: readonly Framework[] = [
  agenda,
  amqplib,
  apolloServer,
  astro,
  awsLambda,
  azureFunctions,
  bots,
  bull,
  bullmq,
  bun,
  cloudflareWorkers,
  cron,
  deno,
  elysia,
  expressWs,
  express,
  fastify,
  feathers,
  firebaseFunctions,
  googleCloudFunctions,
  graphqlYoga,
  graphql,
  grpc,
  h3,
  hapi,
  hono,
  kafkajs,
  koa,
  nestjs,
  netlifyFunctions,
  nextjs,
  nodeCron,
  nodeHttp,
  nodeSchedule,
  pgBoss,
  pothos,
  reactRouter,
  restify,
  routingControllers,
  socketIo,
  sveltekit,
  tanstackStart,
  timers,
  trpc,
  typeGraphql,
  vercelFunctions,
  ws,
];
