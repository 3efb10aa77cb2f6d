package org.caravanserai.http;

/**
 * Why a request does not become a WebSocket.
 *
 * @param status the status that says so
 * @param details the same in words for the caller
 */
public record UpgradeRefusal(int status, String details) {}
