package org.caravanserai.routes.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceResolver;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.ResourceSupport;
import org.apache.camel.support.service.ServiceSupport;

/** The Kamelets as one context uses them: each is read when its first endpoint is made. */
final class ContextKamelets extends ServiceSupport implements ResourceResolver {

  private static final String SCHEME = "serai-kamelets";

  private final Kamelets kamelets;
  private final Set<String> used = ConcurrentHashMap.newKeySet();
  private CamelContext context;

  private ContextKamelets(Kamelets kamelets, CamelContext context) {
    this.kamelets = kamelets;
    this.context = context;
  }

  /** Lets a context, which has been built, use them. */
  static ContextKamelets in(CamelContext context, Kamelets kamelets) {
    ContextKamelets own = new ContextKamelets(kamelets, context);
    context.getRegistry().bind("resource-loader-" + SCHEME, own);
    KameletComponent component = new KameletComponent();
    component.setLocation(SCHEME + ":of");
    context.addComponent("kamelet", component);
    return own;
  }

  /** Its routes are live: when one of them changes they are made anew. */
  void live() {
    kamelets.used(context.getName(), used);
  }

  /** Its routes are live no more, and those that follow them have said so for themselves. */
  void gone() {
    kamelets.unused(context.getName(), used);
  }

  @Override
  public String getSupportedScheme() {
    return SCHEME;
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  @Override
  public void setCamelContext(CamelContext owner) {
    context = owner;
  }

  @Override
  public Resource resolve(String location) {
    String file = location.substring(location.lastIndexOf('/') + 1);
    String name = file.replace(Kamelets.SUFFIX, "");
    Optional<byte[]> content = kamelets.find(name);
    if (content.isPresent()) {
      used.add(name);
    }
    return content
        .map(bytes -> ResourceHelper.fromBytes(file, bytes))
        .orElseGet(() -> new Missing(file));
  }

  /** What is not there. */
  private static final class Missing extends ResourceSupport {

    Missing(String location) {
      super(SCHEME, location);
    }

    @Override
    public boolean exists() {
      return false;
    }

    @Override
    public InputStream getInputStream() {
      return new ByteArrayInputStream(new byte[0]);
    }
  }
}
