package org.caravanserai.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The components of the built bundles, as SCR reads them: see docs/architecture.md. */
class ComponentsIT {

  /**
   * SCR logs an error, and leaves out a reference, where a component waits for itself by way of
   * others, which depends on who comes first. So none may, dynamic and optional references
   * included.
   */
  @Test
  void noneWaitsForItself() throws Exception {
    List<Element> components = components();
    Map<String, Set<String>> providers = new TreeMap<>();
    for (Element component : components) {
      for (String each : interfaces(component, "provide")) {
        providers.computeIfAbsent(each, unused -> new TreeSet<>()).add(name(component));
      }
    }
    Map<String, Set<String>> uses = new TreeMap<>();
    for (Element component : components) {
      Set<String> used = new TreeSet<>();
      for (String each : interfaces(component, "reference")) {
        used.addAll(providers.getOrDefault(each, Set.of()));
      }
      uses.put(name(component), used);
    }
    assertThat(uses).hasSizeGreaterThan(100);
    assertThat(circles(uses)).as("wait for each other").isEmpty();
  }

  /** Takes away who uses nobody that is left, as long as there is one: the rest use circles. */
  private static Map<String, Set<String>> circles(Map<String, Set<String>> uses) {
    Map<String, Set<String>> left = new TreeMap<>(uses);
    do {
      left.values().forEach(used -> used.retainAll(left.keySet()));
    } while (left.values().removeIf(Set::isEmpty));
    return left;
  }

  private static List<Element> components() throws Exception {
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    List<Element> components = new ArrayList<>();
    for (Path bundle : bundles()) {
      try (JarFile jar = new JarFile(bundle.toFile())) {
        String files = jar.getManifest().getMainAttributes().getValue("Service-Component");
        if (files == null) {
          continue;
        }
        for (String file : files.split(",", -1)) {
          components.add(parser.parse(jar.getInputStream(jar.getEntry(file))).getDocumentElement());
        }
      }
    }
    return components;
  }

  private static List<Path> bundles() throws Exception {
    String version = System.getProperty("serai.version");
    try (Stream<Path> folders = Files.list(Path.of("../bundles"))) {
      return folders
          .map(folder -> folder.resolve("target/" + folder.getFileName() + "-" + version + ".jar"))
          .filter(Files::exists)
          .toList();
    }
  }

  private static String name(Element component) {
    return component.getAttribute("name");
  }

  private static List<String> interfaces(Element component, String tag) {
    NodeList found = component.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> ((Element) found.item(i)).getAttribute("interface"))
        .toList();
  }
}
