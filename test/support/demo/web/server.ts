import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { SUBCOMMANDS } from '../../../../src/slack/listeners/commands/table.ts';
import type { BotFixture } from '../../fixtures/bot.ts';
import { parseJson } from '../../workspace/json.ts';
import { readBody, serve } from '../../workspace/loopback.ts';
import { avatarOf } from './avatars.ts';
import type { Bundle } from './bundle.ts';
import { type Said, screenOf } from './screen.ts';
import type { Persona, Workspace } from './state.ts';

const message = z.looseObject({ channel: z.string() });

/** What a person does on the page. */
const deed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('type'), channel: z.string(), text: z.string().max(10_000) }),
  z.object({ kind: z.literal('press'), label: z.string(), nth: z.int().min(0).default(0), message }),
  z.object({ kind: z.literal('submit'), values: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('close') }),
]);
type Deed = z.infer<typeof deed>;

const errors = z.looseObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) });

/** Changes that come together are shown together, in milliseconds. */
const TOGETHER = 25;

/** The server of the page: its files, what is on a person's screen (server-sent events), and what a person does. */
export function webServer(fixture: BotFixture, people: readonly Persona[], files: Bundle): Server {
  const said: Said[] = [];
  const changed = new Set<() => void>();
  const members = Object.entries(fixture.slack.users).map(([name, id]) => ({
    id,
    name: people.find((each) => each.name === name)?.realName ?? name,
  }));
  const commands = SUBCOMMANDS.map(({ usage, help, who }) => ({ usage, help, who }));
  const channels = [...fixture.slack.allChannels].map(([id, { name }]) => ({ id, name }));
  const workspace: Workspace = { people, commands, members, channels };

  const follow = (persona: Persona, response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    let waiting: NodeJS.Timeout | undefined;
    const send = async (): Promise<void> => {
      waiting = undefined;
      const screen = await screenOf(fixture.slack, people, said, persona);
      response.write(`data: ${JSON.stringify(screen)}\n\n`);
    };
    const later = (): void => {
      waiting ??= setTimeout(() => void send().catch(() => response.end()), TOGETHER);
    };
    const unwatch = fixture.slack.watch(later);
    changed.add(later);
    response.on('close', () => {
      unwatch();
      changed.delete(later);
      clearTimeout(waiting);
    });
    later();
  };

  const act = async (persona: Persona, done: Deed): Promise<unknown> => {
    const person = fixture.member(persona.name);
    const view = person.lastView();
    switch (done.kind) {
      case 'type': {
        const command = /^\/prizedraw(?:\s+([\s\S]*))?$/i.exec(done.text.trim());
        if (command) await person.command(command[1] ?? '', { channel: done.channel });
        else said.push({ name: persona.name, channel: done.channel, at: Date.now(), text: done.text });
        for (const tell of changed) tell();
        return {};
      }
      case 'press':
        await person.click(done.label, done.message, done.nth);
        return {};
      case 'submit': {
        if (!view) return {};
        const { body } = await person.submit(view, done.values);
        return { errors: errors.safeParse(body).data?.errors ?? {} };
      }
      case 'close':
        if (view) fixture.slack.views.shut(view.id);
        return {};
    }
  };

  return serve(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(pathname);
    if (request.method === 'GET' && file) return answer(response, 200, file.type, file.body);
    const avatar = /^\/avatars\/([\w-]+)\.svg$/.exec(pathname)?.[1];
    if (avatar) return answer(response, 200, 'image/svg+xml', avatarOf(avatar));
    if (pathname === '/workspace') return answerJson(response, 200, workspace);

    const persona = people.find(({ name }) => name === searchParams.get('as'));
    if (!persona) return answerJson(response, 404, { error: 'There is no such page or person.' });
    if (pathname === '/screen') return follow(persona, response);
    return answerJson(response, ...(await carryOut(request, (done) => act(persona, done))));
  });
}

async function carryOut(
  request: IncomingMessage,
  act: (done: Deed) => Promise<unknown>,
): Promise<readonly [number, unknown]> {
  const parsed = deed.safeParse(parseJson((await readBody(request)).toString()));
  if (!parsed.success) return [400, { error: 'That is nothing one can do here.' }];
  try {
    return [200, await act(parsed.data)];
  } catch (error) {
    return [500, { error: error instanceof Error ? error.message : String(error) }];
  }
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  answer(response, status, 'application/json', JSON.stringify(body));
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
