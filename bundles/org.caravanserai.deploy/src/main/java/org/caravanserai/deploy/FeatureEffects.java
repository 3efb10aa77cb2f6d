package org.caravanserai.deploy;

import java.util.List;

/**
 * What a change of features does.
 *
 * @param changes the features and bundles that come, go and are restarted: {@code feature stock
 *     2.0.0 installed}
 * @param affected the bundles of others that are restarted or taken away by it
 */
public record FeatureEffects(List<String> changes, List<AffectedBundle> affected) {}
