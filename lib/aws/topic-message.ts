import type { PublishCommandInput } from '@aws-sdk/client-sns';

/** Something to tell people: of which run or what else, in words and as a chat shows it. */
export interface TopicMessage {
  /** What it is about: messages of one are one thread in a chat, and by it a receiver knows one that comes a second time. */
  readonly thread: string;
  /** What kind of message it is, such as `Steadfast verdict`. */
  readonly kind: string;
  readonly subject: string;
  readonly body: string;
  /** Where a chat is told in other words. */
  readonly chat?: {
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  /** By which subscribers choose. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** SNS's rules for the subject of an e-mail: printable ASCII, under 100 characters (Publish, API reference). */
const subjectOf = (text: string) =>
  text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 99);

/** The longest title and description that a chat shows (Amazon Q Developer in chat applications, "Custom notifications"). */
const longest = { title: 250, description: 8_000 } as const;

const cut = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** The form of a message that Amazon Q Developer in chat applications shows in Slack and Teams. */
function chatForm({ thread, kind, subject, body, chat }: TopicMessage) {
  const { title, description, ...more } = chat ?? { title: subject, description: body };
  return {
    version: '1.0',
    source: 'custom',
    content: {
      textType: 'client-markdown',
      title: cut(title, longest.title),
      description: cut(description, longest.description),
      ...more,
    },
    metadata: { threadId: thread, summary: cut(title, longest.title), eventType: kind },
  };
}

/** A message for the topic: chats, which subscribe by HTTPS, get their own form, everybody else the text. */
export const topicMessage = (topicArn: string, message: TopicMessage): PublishCommandInput => ({
  TopicArn: topicArn,
  Subject: subjectOf(message.subject),
  MessageStructure: 'json',
  Message: JSON.stringify({ default: message.body, https: JSON.stringify(chatForm(message)) }),
  MessageAttributes: Object.fromEntries(
    Object.entries(message.attributes).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  ),
});
