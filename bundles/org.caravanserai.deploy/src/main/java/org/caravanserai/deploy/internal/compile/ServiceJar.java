package org.caravanserai.deploy.internal.compile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.caravanserai.deploy.internal.compile.RejectedException.Stage;
import org.caravanserai.spi.Diagnostic;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFormatException;
import org.eclipse.jdt.internal.compiler.env.IBinaryAnnotation;
import org.jspecify.annotations.Nullable;

/**
 * A jar of compiled services: its header {@code Serai-Service} names the classes that are; without
 * it those are that have the annotation {@code ServiceName}.
 */
final class ServiceJar {

  private static final String SERVICES = "Serai-Service";
  private static final char[] ANNOTATION = "Lorg/caravanserai/api/ServiceName;".toCharArray();

  /**
   * What makes a bundle more than its services, so that two of them could not live side by side.
   */
  private static final List<String> FOREIGN =
      List.of(
          "Export-Package",
          "Bundle-Activator",
          "Service-Component",
          "Require-Bundle",
          "Fragment-Host",
          "DynamicImport-Package",
          "Bundle-ClassPath",
          "Bundle-NativeCode");

  private ServiceJar() {}

  /**
   * Reads a jar.
   *
   * @param files its entries
   * @param packages the packages that it can import
   * @throws RejectedException if it is more, or less, than a jar of services
   */
  static Compiled read(String fileName, SortedMap<String, byte[]> files, Packages packages)
      throws RejectedException {
    Attributes headers = headers(fileName, files.get(JarFile.MANIFEST_NAME));
    for (String each : FOREIGN) {
      if (headers.getValue(each) != null) {
        throw refused(fileName, "not a bundle of services only: its manifest has " + each);
      }
    }
    String named = headers.getValue(SERVICES);
    Set<String> services = named == null ? annotated(fileName, files) : listed(named);
    if (services.isEmpty()) {
      throw refused(
          fileName,
          "no service is in it: its manifest has no "
              + SERVICES
              + ", which names the classes of services, and no class has @ServiceName");
    }
    List<CompiledClass> classes = new ArrayList<>();
    SortedMap<String, byte[]> resources = new TreeMap<>();
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      String path = each.getKey();
      if (path.endsWith(".class")) {
        String name = className(path);
        classes.add(
            new CompiledClass(name, each.getValue(), fileName, 0, 0, services.contains(name)));
      } else if (!path.equals(JarFile.MANIFEST_NAME)) {
        resources.put(path, each.getValue());
      }
    }
    for (String each : services) {
      if (classes.stream().noneMatch(type -> type.name().equals(each))) {
        throw refused(fileName, SERVICES + " names " + each + ", which is not in it");
      }
    }
    return new Compiled(
        fileName, List.copyOf(classes), imports(fileName, classes, packages), Map.of(), resources);
  }

  private static Set<String> listed(String header) {
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Set<String> annotated(String fileName, SortedMap<String, byte[]> files)
      throws RejectedException {
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      if (each.getKey().endsWith(".class")) {
        try {
          char[] path = each.getKey().toCharArray();
          IBinaryAnnotation[] found = new ClassFileReader(each.getValue(), path).getAnnotations();
          if (found != null
              && Arrays.stream(found)
                  .anyMatch(one -> CharOperation.equals(ANNOTATION, one.getTypeName()))) {
            names.add(className(each.getKey()));
          }
        } catch (ClassFormatException | RuntimeException e) {
          throw refused(fileName, each.getKey() + " can't be read as a class file");
        }
      }
    }
    return names;
  }

  private static String className(String path) {
    return path.substring(0, path.length() - ".class".length()).replace('/', '.');
  }

  private static SortedMap<String, PackagePin> imports(
      String fileName, List<CompiledClass> classes, Packages packages) throws RejectedException {
    try {
      return Imports.of(classes, packages, LibraryTypes.NONE);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | UncheckedIOException e) {
      throw refused(fileName, "has a class file that can't be read: " + e.getMessage());
    }
  }

  private static Attributes headers(String fileName, byte @Nullable [] manifest)
      throws RejectedException {
    if (manifest == null) {
      throw refused(fileName, "has no manifest");
    }
    try {
      return new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
    } catch (IOException e) {
      throw refused(fileName, "its manifest can't be read: " + e.getMessage());
    }
  }

  private static RejectedException refused(String fileName, String message) {
    return new RejectedException(Stage.CHECK, Diagnostic.error(fileName, 0, 0, message));
  }
}
