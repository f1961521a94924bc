/** Dynamic DNS as the server runs it: the policy for the lanes, the outbox behind them, and what people ask about both. */
@NullMarked
package io.athena.dhcpd.ddns.service;

import org.jspecify.annotations.NullMarked;
