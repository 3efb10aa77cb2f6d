package org.caravanserai.runtime.internal;

import java.util.Map;
import org.caravanserai.api.Config;
import org.caravanserai.api.ServiceException;
import org.caravanserai.spi.UserConfiguration;

/** Where services get what their users have configured. */
final class ConfigDesk {

  private static final int RETRY_AFTER_SECONDS = 1;

  private final Plugged<UserConfiguration> files;

  ConfigDesk(Plugged<UserConfiguration> files) {
    this.files = files;
  }

  /**
   * A file as it is now.
   *
   * @throws ServiceException with status 503 if there is none
   */
  Config find(String name, Invocation call) {
    UserConfiguration known = files.find();
    Map<String, Object> values = known == null ? null : known.find(name);
    if (values == null) {
      throw new ServiceException(
          503, "There is no user configuration " + name, null, RETRY_AFTER_SECONDS);
    }
    return new LiveConfig(name, values, call.binding());
  }
}
