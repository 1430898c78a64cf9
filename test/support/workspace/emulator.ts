import { randomBytes } from 'node:crypto';
import { createEmulator } from 'emulate';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { freePort } from './loopback.ts';

export const APP = { id: 'A0PRIZEDRAW', botId: 'B0PRIZEDRAW', botUser: 'U0PRIZEDRAW', clientId: '1.2' } as const;

export const TEAM = { id: 'T000000001', domain: 'emulate' } as const;

/** The emulator takes 5,000 calls an hour with one token; these take turns. */
const ADMIN_TOKENS = 20;

const answered = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

/** Calls a method of the Web API with a token; fails, and says why, where Slack answers with an error. */
export type Api = (method: string, args?: Readonly<Record<string, string>>, token?: string) => Promise<unknown>;

export interface EmulatedSlack {
  /** Without a slash at the end. */
  readonly url: string;
  readonly botToken: string;
  /** Goes straight to the emulator; as a workspace administrator with all scopes unless another token is given. */
  readonly api: Api;
  close(): Promise<void>;
}

/**
 * Starts the emulator with an installed app and the given members.
 * @param scopes exactly what the bot token may do
 * @param members names of the people there
 */
export async function startEmulator(scopes: readonly string[], members: readonly string[]): Promise<EmulatedSlack> {
  const botToken = `xoxb-1-1-${randomBytes(12).toString('hex')}`;
  const adminTokens = Array.from({ length: ADMIN_TOKENS }, () => `xoxp-1-2-${randomBytes(12).toString('hex')}`);
  let turn = 0;
  const bot = { app_id: APP.id, client_id: APP.clientId, bot_id: APP.botId, bot_user_id: APP.botUser };
  const port = await freePort();
  const slack = {
    strict_scopes: true,
    users: members.map((name) => ({ name, real_name: name.charAt(0).toUpperCase() + name.slice(1) })),
    oauth_apps: [
      { ...bot, client_secret: 'none', name: 'Prize Draw', bot_name: 'prizedraw', redirect_uris: [], scopes },
    ],
    tokens: [
      { ...bot, token: botToken, type: 'bot', user_id: APP.botUser, scopes: [...scopes] },
      ...adminTokens.map((token) => ({ token, type: 'user', user: 'admin', app_id: APP.id })),
    ],
  };
  const emulator = await createEmulator({ service: 'slack', port, seed: { slack } });
  const agent = new Agent();
  const url = `http://127.0.0.1:${port}`;

  const api: Api = async (method, args = {}, token = adminTokens[turn++ % ADMIN_TOKENS] ?? '') => {
    const reply = await request(`${url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(args).toString(),
      dispatcher: agent,
    });
    const answer = answered.parse(await reply.body.json());
    if (!answer.ok) throw new Error(`Slack's ${method} failed: ${answer.error}`);
    return answer;
  };
  const close = async () => {
    await agent.destroy();
    await emulator.close();
  };
  return { url, botToken, api, close };
}
