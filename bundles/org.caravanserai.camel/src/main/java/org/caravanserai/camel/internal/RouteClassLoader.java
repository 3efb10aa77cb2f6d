package org.caravanserai.camel.internal;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Shows Camel and its connectors first, then the classes of one deployment. */
final class RouteClassLoader extends ClassLoader {

  private final ClassLoader own;

  RouteClassLoader(ClassLoader connectors, ClassLoader own) {
    super(connectors);
    this.own = own;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return own.loadClass(name);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    return own.getResource(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return own.getResources(name);
  }
}
