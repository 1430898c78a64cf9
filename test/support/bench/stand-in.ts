/**
 * A process that answers as Slack's Web API and as GitHub, at once or after a while, and tells its port on its output.
 * `/api/…` is Slack, `/github/100/users/…` a GitHub that takes 100 ms.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { listen, serve } from '../workspace/loopback.ts';
import { profile } from './profile.ts';

let posted = 0;

/** Every answer of Slack's that the bot reads something of; others need no more than `ok`. */
const SLACK: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  // The other end of Socket Mode is whoever started this.
  'apps.connections.open': () => ({ url: process.env['SOCKET_URL'] }),
  'auth.test': () => ({ user: 'prizedraw', team: 'A community', user_id: 'U0BOT', bot_id: 'B0BOT' }),
  'conversations.info': () => ({ channel: { is_member: true } }),
  'conversations.history': () => ({ messages: [], has_more: false }),
  'chat.postMessage': () => ({ ts: `${Math.floor(Date.now() / 1000)}.${String(++posted).padStart(6, '0')}` }),
};

const GITHUB = /^\/github\/(\d+)\/users\/([\w-]+)$/;

const server = serve(async (request, response) => {
  const path = request.url ?? '';
  // What is asked does not matter, but must be taken.
  request.resume();
  const [, delay, login = ''] = GITHUB.exec(path) ?? [];
  if (delay !== undefined) await sleep(Number(delay));
  const answer = delay === undefined ? slackAnswer(path) : profile(login);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
  response.end(answer);
});

function slackAnswer(path: string): string {
  const method = path.split(/[/?]/).at(2) ?? '';
  return JSON.stringify({ ok: true, ...SLACK[method]?.() });
}

const { url } = await listen(server);
process.stdout.write(`${url}\n`);
