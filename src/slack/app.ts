import { App, type Receiver, type ReceiverEvent } from '@slack/bolt';
import type { Config } from '../config.ts';
import { asRequest, boltLogger, type Log } from '../log.ts';
import { type RequestCounts, secondsSince } from './counts.ts';
import { registerActions } from './listeners/actions/index.ts';
import { registerCommands } from './listeners/commands/index.ts';
import { registerViews } from './listeners/views/index.ts';
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
    logger: boltLogger(log),
    clientOptions: clientOptions(config, time),
    // One workspace, one token. Bolt's own way calls auth.test at once, and ends the process when Slack is not there.
    authorize: async () => ({ botToken: config.slack.botToken }),
    ignoreSelf: false,
    convoStore: false,
  });
  app.error(async (error) => {
    log.error({ err: error }, 'Bolt could not handle a request');
  });
  return app;
}

/** Registers every listener. */
export function register(app: App, services: Services): void {
  registerCommands(app, services);
  registerActions(app, services);
  registerViews(app, services);
}

/**
 * Gives every request an ID for the log, counts the requests in hand, and tells how soon each is acknowledged.
 * @returns a function that waits until none is in hand, or `milliseconds` have passed
 */
export function trackRequests(app: App, counts: RequestCounts): (milliseconds: number) => Promise<void> {
  const inHand = new Set<Promise<void>>();
  const processEvent = app.processEvent.bind(app);
  app.processEvent = (event) => {
    const work = asRequest(() => processEvent(timed(event, counts)));
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
