import { withoutShapes } from '../secret-shapes.ts';

/** Frames around what AWS has to say: they name the stack once more, the handler, the request and the token, and no cause. */
const frames: readonly (readonly [RegExp, string])[] = [
  [/^\s*\u274c\s+\S+(?: \(\S+\))? failed: (?:\w+(?:Error|Exception): )?/, ''],
  [/Resource handler returned message: "([^]*)" \(RequestToken: [\w-]+, HandlerErrorCode: \w+\)/g, '$1'],
  [/\s*\(RequestToken: [\w-]+, HandlerErrorCode: (\w+)\)/g, ' ($1)'],
  [/\s*\((?:Service: [^;,()]+[;,] )(?:Status Code: \d+[;,] )?(?:Error Code: (\w+)[;,] )?(?:Request ID: [\w-]+)[^()]*\)/g, ''],
  [/\s*\(SDK Attempt Count: \d+\)/g, ''],
  [/Received response status \[FAILED\] from custom resource\. Message returned: /g, ''],
  [/\s*\(RequestId: [\w-]+\)/g, ''],
  [/\s*See the details in CloudWatch Log Stream: \S+/g, ''],
];

/** Gives the words of a failure without the frames around them; the words themselves where nothing else is left. */
export function toCleaned(message: string): string {
  const cleaned = frames.reduce((text, [frame, rest]) => text.replace(frame, rest), message).trim();
  return cleaned || message.trim();
}

/** Names of values that are secret, and what they are followed by, as JSON, as variables, as headers. */
const named =
  /((?:pass(?:word|wd|phrase)?|secret(?:[_-]?(?:access[_-]?)?key)?|token|api[_-]?key|authorization|credentials?)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|(?:Bearer |Basic )?[^\s,;}]+)/gi;

/** Gives a text of a log without what looks like a secret: by its shape, or by the name before it. */
export const withoutSecrets = (text: string): string => withoutShapes(text).replace(named, '$1***');
