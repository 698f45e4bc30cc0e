import type { Framework, Receiver } from './framework.ts';

const app: Receiver = { made: ['app'], names: [] };

/** Azure Functions. Read in @azure/functions 4.16.5: types/app.d.ts. `app.hook.appStart` calls back once. */
export const azureFunctions: Framework = {
  name: 'Azure Functions',
  modules: ['@azure/functions'],
  calls: [
    // types/app.d.ts:41-97.
    { what: 'handler', names: ['get', 'put', 'post', 'patch', 'deleteRequest'], on: app },
    {
      what: 'handler',
      // types/app.d.ts:34-231. `setup` and `warmup` are once.
      names: [
        'http',
        'get',
        'put',
        'post',
        'patch',
        'deleteRequest',
        'timer',
        'storageBlob',
        'storageQueue',
        'serviceBusQueue',
        'serviceBusTopic',
        'eventHub',
        'eventGrid',
        'cosmosDB',
        'sql',
        'mySql',
        'generic',
        'webPubSub',
        'connectorTrigger',
        'mcpTool',
        'mcpResource',
        'mcpPrompt',
      ],
      on: app,
      properties: ['handler'],
    },
    // types/hooks/registerHook.d.ts:33-41.
    { what: 'hook', names: ['preInvocation', 'postInvocation'], on: app },
  ],
  // types/http.d.ts:37, index.d.ts:47, timer.d.ts:7, serviceBus.d.ts:7, :65, storage.d.ts:7-8.
  types: [
    {
      what: 'handler',
      names: [
        'HttpHandler',
        'FunctionHandler',
        'TimerHandler',
        'ServiceBusQueueHandler',
        'ServiceBusTopicHandler',
        'StorageBlobHandler',
        'StorageQueueHandler',
        'EventHubHandler',
        'EventGridHandler',
        'CosmosDBHandler',
        // Version 3 (documentation).
        'AzureFunction',
      ],
    },
  ],
  // Version 3: `module.exports = async function (context, req)` (documentation).
  parameters: [{ what: 'handler', names: ['context', 'req'] }],
};
