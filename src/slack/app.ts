import {
  App,
  type Context,
  type Receiver,
  type ReceiverEvent,
  type SlackViewMiddlewareArgs,
  type ViewSubmitAction,
} from '@slack/bolt';
import type { Config } from '../config.ts';
import { clientLogger, type Log } from '../log.ts';
import { type RequestCounts, secondsSince } from './counts.ts';
import { actionListener } from './listeners/actions/index.ts';
import { commandListener } from './listeners/commands/index.ts';
import { viewListener } from './listeners/views/index.ts';
import { logOf } from './request-log.ts';
import type { Services } from './services.ts';
import type { SlackTime } from './slack-time.ts';

/** One call of Slack's Web API may take this long, in milliseconds. */
const API_TIMEOUT = 5_000;

/** How the clients of Slack's Web API behave: bounded in time, retried on rate limits and faults. */
export function clientOptions({ slack }: Config, time?: SlackTime) {
  return {
    slackApiUrl: slack.apiUrl,
    timeout: API_TIMEOUT,
    retryConfig: { retries: 3, factor: 2, minTimeout: 500, maxTimeout: 4_000 },
    // Bolt sends answers to response addresses with this function too, and sets no time-out there.
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const answer = await fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(API_TIMEOUT) });
      return time?.note(answer) ?? answer;
    },
  };
}

/** The Bolt app over a receiver, with no listeners yet. */
export function createApp(config: Config, receiver: Receiver, log: Log, time: SlackTime): App {
  const app = new App({
    receiver,
    // What goes wrong is said below, and by the receivers: with the request's ID.
    logger: clientLogger(log),
    extendedErrorHandler: true,
    clientOptions: clientOptions(config, time),
    // One workspace, one token. Bolt's own way calls auth.test at once, and ends the process when Slack is not there.
    authorize: async () => ({ botToken: config.slack.botToken }),
    ignoreSelf: false,
    convoStore: false,
  });
  app.error(async ({ error, context }: { readonly error: Error; readonly context: Context }) => {
    logOf(log, context).error({ err: error }, 'Bolt could not handle a request');
  });
  return app;
}

/**
 * Registers what handles commands, buttons and dialogs: as one middleware, as Bolt tries every listener that there is with
 * each request. What is for none of them is not acknowledged.
 */
export function register(app: App, services: Services, log: Log): void {
  const command = commandListener(services, log);
  const action = actionListener(services, log);
  const view = viewListener(services, log);
  app.use(async (args) => {
    if ('command' in args) await command(args);
    else if ('action' in args) await action(args);
    else if ('view' in args && isSubmission(args)) await view(args);
  });
}

function isSubmission<Args extends SlackViewMiddlewareArgs>(
  args: Args,
): args is Args & SlackViewMiddlewareArgs<ViewSubmitAction> {
  return args.body.type === 'view_submission';
}

/**
 * Counts the requests in hand, and tells how soon each is acknowledged.
 * @returns a function that waits until none is in hand, or `milliseconds` have passed
 */
export function trackRequests(app: App, counts: RequestCounts): (milliseconds: number) => Promise<void> {
  const inHand = new Set<Promise<void>>();
  const processEvent = app.processEvent.bind(app);
  app.processEvent = (event) => {
    const work = processEvent(timed(event, counts));
    inHand.add(work);
    const forget = () => inHand.delete(work);
    work.then(forget, forget);
    return work;
  };
  return async (milliseconds) => {
    const enough = AbortSignal.timeout(milliseconds);
    const late = new Promise<void>((resolve) => enough.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([Promise.allSettled(inHand), late]);
  };
}

/** Slack takes the first acknowledgement of a request; whatever follows is not waited for. */
function timed(event: ReceiverEvent, counts: RequestCounts): ReceiverEvent {
  const began = performance.now();
  let isAcknowledged = false;
  const ack: ReceiverEvent['ack'] = (answer) => {
    if (!isAcknowledged) counts.acknowledged(secondsSince(began));
    isAcknowledged = true;
    return event.ack(answer);
  };
  return { ...event, ack };
}
