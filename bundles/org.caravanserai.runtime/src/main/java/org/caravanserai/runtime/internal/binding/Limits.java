package org.caravanserai.runtime.internal.binding;

/**
 * How large documents may be in their parts, and comments as a whole.
 *
 * @param depth how deep lists and objects may be nested in JSON
 * @param numberLength how many characters a number may have
 * @param formFields how many fields a form may have
 * @param docLength how many characters of a doc comment are told
 */
public record Limits(int depth, int numberLength, int formFields, int docLength) {}
