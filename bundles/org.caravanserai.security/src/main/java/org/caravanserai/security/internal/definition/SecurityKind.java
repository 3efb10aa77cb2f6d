package org.caravanserai.security.internal.definition;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.caravanserai.security.RateLimiter;
import org.caravanserai.security.RateLimits;
import org.caravanserai.security.tls.OwnCertificates;
import org.caravanserai.spi.InvalidObjectException;
import org.caravanserai.spi.LiveObject;
import org.caravanserai.spi.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** The kind {@code security}. */
@Component(
    service = ObjectKind.class,
    immediate = true,
    configurationPid = "org.caravanserai.security.definitions")
@Designate(ocd = DefinitionSettings.class)
public final class SecurityKind implements ObjectKind<SecurityDefinition> {

  private static final String NAME = "security";

  private final Handles handles;
  private final RateLimits rates;
  private final DefinitionSettings settings;
  private final OwnCertificates certificates;

  /** A kind without definitions. */
  @Activate
  public SecurityKind(
      DefinitionSettings settings,
      @Reference Handles handles,
      @Reference RateLimits rates,
      @Reference OwnCertificates certificates) {
    this.handles = handles;
    this.rates = rates;
    this.settings = settings;
    this.certificates = certificates;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "Credentials: who may call channels, and what this server shows to others.";
  }

  @Override
  public Class<SecurityDefinition> type() {
    return SecurityDefinition.class;
  }

  @Override
  public void validate(SecurityDefinition definition) throws InvalidObjectException {
    new DefinitionCheck(definition).run();
    rates.validate("rate_limiting", definition.rateLimiting());
  }

  /**
   * Opens a definition.
   *
   * @throws IOException if a file that it names can't be read
   * @throws GeneralSecurityException if a file that it names holds something else
   */
  @Override
  public LiveObject<SecurityDefinition> open(SecurityDefinition definition)
      throws IOException, GeneralSecurityException {
    RateLimiter limits = rates.open(NAME, definition.name(), "security");
    LiveDefinition live =
        new LiveDefinition(handles.definition(definition.name()), limits, settings, certificates);
    try {
      live.replace(definition);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      limits.close();
      throw e;
    }
    return live;
  }
}
