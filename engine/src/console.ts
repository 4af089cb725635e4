/** Where the console of each partition is; the one of AWS itself is asked in its region. */
const consoles: Readonly<Record<string, (region: string) => string>> = {
  aws: (region) => `https://${region}.console.aws.amazon.com`,
  'aws-cn': () => 'https://console.amazonaws.cn',
  'aws-us-gov': () => 'https://console.amazonaws-us-gov.com',
};

/** Gives the address of the events of a stack in the console, by its ARN; undefined for what is none, and for partitions without a public console. */
export function toConsoleUrl(stackId: string): string | undefined {
  const [, partition = '', region = ''] = /^arn:([\w-]+):cloudformation:([\w-]+):/.exec(stackId) ?? [];
  const home = consoles[partition]?.(region);
  return home && `${home}/cloudformation/home?region=${region}#/stacks/events?stackId=${encodeURIComponent(stackId)}`;
}
