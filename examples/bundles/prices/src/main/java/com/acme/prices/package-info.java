/** Prices of articles. */
@org.osgi.annotation.versioning.Version("1.0.0")
package com.acme.prices;
