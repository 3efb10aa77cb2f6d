package org.caravanserai.objects;

/**
 * What an object is known by.
 *
 * @param kind its kind
 * @param name its name
 */
public record ObjectId(String kind, String name) {}
