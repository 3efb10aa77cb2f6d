package org.caravanserai.objects.internal;

/**
 * What somebody else has on an object that a file defines.
 *
 * @param words the end of a sentence that begins with the object
 * @param goesFirst whether the file's object is left out; else the file is refused
 */
record Claim(String words, boolean goesFirst) {}
