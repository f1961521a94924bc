package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DnsTarget.TsigKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;

/** Signs questions and checks the signatures of answers (RFC 8945), or does neither where there is no key. */
final class Signer {

    private static final Map<String, Name> ALGORITHMS = Map.of(
            "hmac-md5", TSIG.HMAC_MD5,
            "hmac-sha1", TSIG.HMAC_SHA1,
            "hmac-sha224", TSIG.HMAC_SHA224,
            "hmac-sha256", TSIG.HMAC_SHA256,
            "hmac-sha384", TSIG.HMAC_SHA384,
            "hmac-sha512", TSIG.HMAC_SHA512);

    private final @Nullable TSIG tsig;

    Signer(@Nullable TsigKey key, TimeSource time) {
        this.tsig = key == null ? null : tsig(key, time);
    }

    /** Adds the signature to a question, as its last record. */
    void sign(Message question) {
        if (tsig != null) {
            tsig.apply(question, null);
        }
    }

    /** Whether an answer may be believed. */
    boolean verifies(Message answer, byte[] wire, Message question) {
        return tsig == null || tsig.verify(answer, wire, question.getTSIG()) == Rcode.NOERROR;
    }

    /** Checks the messages of a long answer one after the other; null where nothing is signed. */
    TSIG.@Nullable StreamVerifier stream(Message question) {
        return tsig == null ? null : new TSIG.StreamVerifier(tsig, question.getTSIG());
    }

    /** What the server has against the signature of the question; null when nothing. */
    static @Nullable TSIGRecord complaint(Message answer) {
        TSIGRecord tsig = answer.getTSIG();
        return tsig == null || tsig.getError() == Rcode.NOERROR ? null : tsig;
    }

    private static TSIG tsig(TsigKey key, TimeSource time) {
        Name algorithm = Objects.requireNonNull(ALGORITHMS.get(key.algorithm()), key.algorithm());
        byte[] secret = Base64.getDecoder().decode(key.secret().reveal());
        return new TSIG(
                algorithm, Records.absolute(key.name()), new SecretKeySpec(secret, "HMAC"), new TimeSourceClock(time));
    }

    private static final class TimeSourceClock extends Clock {

        private final TimeSource time;

        TimeSourceClock(TimeSource time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(time.wallMillis());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
