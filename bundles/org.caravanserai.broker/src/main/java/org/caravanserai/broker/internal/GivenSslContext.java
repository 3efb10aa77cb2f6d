package org.caravanserai.broker.internal;

import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextFactory;

/** Lets Artemis take the context that it is given; found by {@link java.util.ServiceLoader}. */
public final class GivenSslContext implements SSLContextFactory {

  /** For the service loader. */
  public GivenSslContext() {}

  @Override
  public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> parameters)
      throws NoSuchAlgorithmException {
    return parameters.get(TransportConstants.SSL_CONTEXT_PROP_NAME) instanceof SSLContext given
        ? given
        : SSLContext.getDefault();
  }

  @Override
  public int getPriority() {
    return Integer.MAX_VALUE;
  }
}
