/** Where the database stands, and who can reach it. */
export type Network =
  /** In the default VPC of the account, with a public address and the VPC's default security group. */
  | { readonly kind: 'default-vpc' }
  /** In private subnets of a VPC of its own, with a security group for each side; `cidr` is split into one subnet per zone. */
  | { readonly kind: 'private'; readonly cidr: string; readonly zones: number; readonly subnetBits: number };

/** The rules for the passwords of users. */
export interface PasswordRules {
  readonly minLength: number;
  readonly lowercase: boolean;
  readonly uppercase: boolean;
  readonly digits: boolean;
  readonly symbols: boolean;
  readonly temporaryDays: number;
}

/**
 * When the secret with the database's password rotates: as RDS does by itself, every seven days, or as is set, in a window that
 * begins at midnight UTC.
 */
export type Rotation =
  | { readonly kind: 'by-rds' }
  | { readonly kind: 'scheduled'; readonly everyDays: number; readonly windowHours: number };

/** What stands before the API. */
export type Firewall = { readonly kind: 'none' } | { readonly kind: 'waf'; readonly requestsPerFiveMinutes: number };

/** How well one environment is guarded; everything that the two profiles differ in, and nothing else. */
export interface SecurityProfile {
  readonly network: Network;
  readonly mfa: 'OFF' | 'REQUIRED';
  readonly passwords: PasswordRules;
  readonly rotation: Rotation;
  readonly firewall: Firewall;
}

/** The names of the profiles. */
export const profileNames = ['pilot', 'production'] as const;

/** One of `profileNames`. */
export type ProfileName = (typeof profileNames)[number];

/** The two profiles: what is simple enough to begin with, and what users of a product may expect. */
export const securityProfiles: Readonly<Record<ProfileName, SecurityProfile>> = {
  pilot: {
    network: { kind: 'default-vpc' },
    mfa: 'OFF',
    passwords: { minLength: 8, lowercase: false, uppercase: false, digits: true, symbols: false, temporaryDays: 7 },
    rotation: { kind: 'by-rds' },
    firewall: { kind: 'none' },
  },
  production: {
    network: { kind: 'private', cidr: '10.40.0.0/20', zones: 2, subnetBits: 8 },
    mfa: 'REQUIRED',
    passwords: { minLength: 14, lowercase: true, uppercase: true, digits: true, symbols: true, temporaryDays: 3 },
    rotation: { kind: 'scheduled', everyDays: 7, windowHours: 3 },
    firewall: { kind: 'waf', requestsPerFiveMinutes: 2000 },
  },
};
