import { z } from 'zod';
import {
  button,
  conversationsSelect,
  id,
  image,
  mrkdwn,
  picture,
  plain,
  plainTextInput,
  staticSelect,
  string,
  text,
} from './elements.ts';
import { richTextParts } from './rich-text.ts';

// --- Blocks. Source: https://docs.slack.dev/reference/block-kit/blocks, a page for each: header-block, section-block,
// context-block, divider-block, actions-block, image-block, input-block, rich-text-block

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), block_id: id, text: plain(150) }),
  z.strictObject({
    type: z.literal('section'),
    block_id: id,
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: z.discriminatedUnion('type', [button, staticSelect, conversationsSelect, image]).optional(),
    expand: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('context'),
    block_id: id,
    elements: z
      .array(z.discriminatedUnion('type', [image, plain(), mrkdwn()]))
      .min(1)
      .max(10),
  }),
  z.strictObject({ type: z.literal('divider'), block_id: id }),
  z.strictObject({
    type: z.literal('actions'),
    block_id: id,
    elements: z
      .array(z.discriminatedUnion('type', [button, staticSelect, conversationsSelect]))
      .min(1)
      .max(25),
  }),
  z.strictObject({ ...picture, block_id: id, title: plain(2000).optional() }),
  z.strictObject({
    type: z.literal('input'),
    block_id: id,
    label: plain(2000),
    hint: plain(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: z.discriminatedUnion('type', [plainTextInput, staticSelect, conversationsSelect]),
  }),
  z.strictObject({ type: z.literal('rich_text'), block_id: id, elements: richTextParts }),
]);

// --- Messages. Source: https://docs.slack.dev/reference/methods/chat.postMessage (50 blocks; `text` is best kept to
// 4,000 characters and is cut at 40,000), .../chat.update and
// https://docs.slack.dev/interactivity/handling-user-interaction (response addresses)

const ts = z.string().regex(/^\d+\.\d+$/);

export const message = z.strictObject({
  text: z.string().max(4000).optional(),
  blocks: z.array(block).max(50).optional(),
  token: z.string().optional(),
  channel: z.string().optional(),
  user: z.string().optional(),
  ts: ts.optional(),
  thread_ts: ts.optional(),
  reply_broadcast: z.boolean().optional(),
  mrkdwn: z.boolean().optional(),
  parse: z.enum(['none', 'full']).optional(),
  link_names: z.boolean().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  metadata: z.strictObject({ event_type: string(255), event_payload: z.record(z.string(), z.unknown()) }).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
});

// --- Views. Source: https://docs.slack.dev/reference/views/modal-views and .../home-tab-views

const anyView = {
  blocks: z.array(block).max(100),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

export const view = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    ...anyView,
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('home'), ...anyView }),
]);

export const ack = z.discriminatedUnion('response_action', [
  z.strictObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.literal('update'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('push'), view: z.unknown() }),
  z.strictObject({ response_action: z.literal('clear') }),
]);
