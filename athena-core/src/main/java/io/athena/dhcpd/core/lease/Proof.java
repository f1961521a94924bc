package io.athena.dhcpd.core.lease;

/**
 * That a client has shown who it is (RFC 3118 section 5.3): with which key, and by which message.
 *
 * @param secretId the secret ID of the key
 * @param counter the replay detection value of the message, unsigned; no later one may have this or a lower one
 */
public record Proof(int secretId, long counter) {}
