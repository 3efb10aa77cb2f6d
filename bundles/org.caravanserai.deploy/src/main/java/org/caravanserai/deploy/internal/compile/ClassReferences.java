package org.caravanserai.deploy.internal.compile;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads from the constant pool of a class file (JVMS section 4.4) which packages it refers to.
 *
 * <p>Counts class entries and every text that reads as a descriptor or a signature, so that types
 * of members, generic arguments and annotations are among them.
 */
final class ClassReferences {

  private static final int MAGIC = 0xCAFEBABE;

  private ClassReferences() {}

  /** The packages, dotted, in no order; the unnamed one is left out. */
  static Set<String> packagesOf(byte[] classFile) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
      if (in.readInt() != MAGIC) {
        throw new IllegalArgumentException("not a class file");
      }
      in.skipNBytes(4);
      return readPool(in);
    } catch (IOException e) {
      throw new UncheckedIOException("class file ends within its constant pool", e);
    }
  }

  private static Set<String> readPool(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    String[] texts = new String[count];
    int[] classes = new int[count];
    int classCount = 0;
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7 -> classes[classCount++] = in.readUnsignedShort();
        case 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          // A long or double takes two places.
          i++;
        }
        default -> throw new IllegalArgumentException("unknown constant pool tag " + tag);
      }
    }
    Set<String> packages = new HashSet<>();
    for (String text : texts) {
      if (text != null) {
        addDescriptor(text, packages);
      }
    }
    for (int i = 0; i < classCount; i++) {
      String name = texts[classes[i]];
      // Arrays are written as descriptors, and have been read as such.
      if (!name.startsWith("[")) {
        addClass(name, packages);
      }
    }
    return packages;
  }

  private static void addDescriptor(String text, Set<String> packages) {
    int at = 0;
    while (at < text.length()) {
      int start = text.indexOf('L', at);
      if (start < 0) {
        return;
      }
      int end = start + 1;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      if (end < text.length() && (text.charAt(end) == ';' || text.charAt(end) == '<')) {
        addClass(text.substring(start + 1, end), packages);
        at = end;
      } else {
        at = start + 1;
      }
    }
  }

  private static boolean isNamePart(char c) {
    return c == '/' || Character.isJavaIdentifierPart(c);
  }

  private static void addClass(String internalName, Set<String> packages) {
    int slash = internalName.lastIndexOf('/');
    if (slash > 0) {
      packages.add(internalName.substring(0, slash).replace('/', '.'));
    }
  }
}
