import { z } from 'zod';
import { string, webAddress } from './elements.ts';

// --- Rich text. Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and the rich text types of
// @slack/types (dist/block-kit/block-elements.d.ts). That Slack refuses an empty `text` is not documented.

const flag = z.boolean().optional();
const textStyle = z.strictObject({ bold: flag, italic: flag, strike: flag, code: flag, underline: flag }).optional();
const mentionStyle = z
  .strictObject({ bold: flag, italic: flag, strike: flag, highlight: flag, client_highlight: flag, unlink: flag })
  .optional();

const richText = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: textStyle });
const richLink = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1),
  text: z.string().min(1).optional(),
  unsafe: flag,
  style: textStyle,
});
const richTextElements = z.array(
  z.discriminatedUnion('type', [
    richText,
    richLink,
    z.strictObject({ type: z.literal('user'), user_id: string(255), style: mentionStyle }),
    z.strictObject({ type: z.literal('channel'), channel_id: string(255), style: mentionStyle }),
    z.strictObject({ type: z.literal('usergroup'), usergroup_id: string(255), style: mentionStyle }),
    z.strictObject({ type: z.literal('emoji'), name: string(255), unicode: z.string().optional(), style: textStyle }),
    z.strictObject({
      type: z.literal('date'),
      timestamp: z.int(),
      format: z.string().min(1),
      url: webAddress().optional(),
      fallback: z.string().optional(),
      style: textStyle,
    }),
    z.strictObject({
      type: z.literal('broadcast'),
      range: z.enum(['here', 'channel', 'everyone']),
      style: mentionStyle,
    }),
  ]),
);
const border = z.union([z.literal(0), z.literal(1)]).optional();
const richTextSection = z.strictObject({ type: z.literal('rich_text_section'), elements: richTextElements });
export const richTextParts = z.array(
  z.discriminatedUnion('type', [
    richTextSection,
    z.strictObject({
      type: z.literal('rich_text_list'),
      elements: z.array(richTextSection),
      style: z.enum(['bullet', 'ordered']),
      indent: z.int().min(0).max(8).optional(),
      offset: z.int().min(0).optional(),
      border,
    }),
    z.strictObject({ type: z.literal('rich_text_quote'), elements: richTextElements, border }),
    z.strictObject({
      type: z.literal('rich_text_preformatted'),
      elements: z.array(z.discriminatedUnion('type', [richText, richLink])),
      border,
    }),
  ]),
);
