import type { AffectedBundle } from '../api/types';

/** What the admin API answers about the container. */

export interface Bundle {
  id: number;
  name: string;
  title: string;
  version: string;
  state: string;
  startLevel: number;
  isFragment: boolean;
  isServer: boolean;
  location: string;
  deployment?: string;
  problem?: string;
}

export interface BundleEnd {
  id: number;
  name: string;
  version: string;
}

export interface Wire {
  namespace: string;
  name: string;
  version: string;
  bundle: BundleEnd;
}

export interface OsgiService {
  id: number;
  types: string[];
  bundle: BundleEnd;
  users: BundleEnd[];
}

export interface BundleDetails {
  bundle: Bundle;
  changedAt: string;
  headers: Record<string, string>;
  requires: Wire[];
  provides: Wire[];
  registers: OsgiService[];
  uses: OsgiService[];
  affected: AffectedBundle[];
}

export interface Component {
  name: string;
  type: string;
  bundle: number;
  bundleName: string;
  services: string[];
  state: string;
  reasons: string[];
}

export interface Feature {
  name: string;
  version: string;
  description: string;
  state: string;
  isRequired: boolean;
  repository: string;
}

export interface FeatureName {
  name: string;
  version: string;
}

export interface FeatureDetails {
  feature: Feature;
  details: string;
  install: string;
  bundles: { location: string; isDependency: boolean; id?: number }[];
  needs: FeatureName[];
  neededBy: FeatureName[];
}

export interface FeatureEffects {
  changes: string[];
  affected: AffectedBundle[];
}

export interface FeatureRepository {
  name: string;
  uri: string;
  isRequired: boolean;
  features: number;
}

export interface Framework {
  server: string;
  karaf: string;
  framework: string;
  java: string;
  system: string;
  processors: number;
  pid: number;
  startedAt: string;
  uptimeMillis: number;
  heapUsed: number;
  heapMax: number;
  otherUsed: number;
  threads: number;
  bundles: number;
}
