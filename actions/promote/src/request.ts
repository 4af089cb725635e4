import type { Config, PromotionConfig } from '../../../engine/src/config/schema.ts';
import { finding, Stop } from '../../../engine/src/finding.ts';
import type { PromoteInputs } from './inputs.ts';
import type { Location } from './location.ts';

/** What was asked for, with the places that the config gives it. Not judged yet. */
export interface Request {
  readonly promotion: string;
  /** Environments that the promotion may go to, as the config lists them. */
  readonly targets: readonly string[];
  /** Environments that a set may come from: the promotion's source and its targets. */
  readonly sources: readonly string[];
  readonly from: Location;
  readonly to: Location;
  readonly reason: string;
  readonly confirm: string;
  readonly dryRun: boolean;
}

/**
 * Gives what was asked for, in terms of the config.
 *
 * @throws Stop with PM104 when the promotion is not in the config, or not named although there are several.
 */
export function toRequest(inputs: PromoteInputs, config: Config): Request {
  const [promotion, chosen] = choosePromotion(inputs, config);
  const at = (environment: string) => toLocation(environment, chosen, config);
  return {
    promotion,
    targets: chosen.to,
    sources: [chosen.from, ...chosen.to],
    from: at(inputs.from ?? chosen.from),
    to: at(inputs.to),
    reason: inputs.reason.trim(),
    confirm: inputs.confirm,
    dryRun: inputs.dryRun,
  };
}

function choosePromotion(inputs: PromoteInputs, config: Config): readonly [string, PromotionConfig] {
  const all = Object.entries(config.promotions);
  const names = all.map(([name]) => name).join(', ');
  const place = { file: inputs.config };
  if (all.length === 0)
    throw new Stop(
      finding(
        'PM104',
        `${inputs.config} has no \`promotions\`, or is not there: without them nobody knows what goes from where to where.`,
        place,
      ),
    );
  const found = inputs.promotion ? all.find(([name]) => name === inputs.promotion) : all.length === 1 ? all[0] : undefined;
  if (found) return found;
  throw new Stop(
    finding(
      'PM104',
      inputs.promotion
        ? `\`${inputs.promotion}\` is none of the promotions ${names}.`
        : `The input \`promotion\` has to name one of the promotions ${names}.`,
      place,
    ),
  );
}

function toLocation(environment: string, { bucket, prefix }: PromotionConfig, config: Config): Location {
  const account = Object.hasOwn(config.environments, environment) ? config.environments[environment]?.account : undefined;
  return { environment, ...(account ? { account } : {}), bucket: bucket.replaceAll('{environment}', environment), prefix };
}
