package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.DnsFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TSIGRecord;

/** Waits for the answer to one question. What is not its answer, or cannot be believed, is passed over. */
final class Answer implements Wire.Ear {

    private final Message question;
    private final Signer signer;
    private final Refusals refusals;
    private final TimeSource time;

    private @Nullable Message message;
    private boolean truncated;
    private boolean doubtful;

    Answer(Message question, Signer signer, Refusals refusals, TimeSource time) {
        this.question = question;
        this.signer = signer;
        this.refusals = refusals;
        this.time = time;
    }

    @Override
    public boolean hear(byte[] wire) throws DnsFailure {
        Message heard = parse(wire, question);
        if (heard == null) {
            return false;
        }
        TSIGRecord complaint = Signer.complaint(heard);
        if (complaint != null) {
            throw refusals.signature(complaint, time.epochSeconds());
        }
        if (!signer.verifies(heard, wire, question)) {
            return doubt(heard);
        }
        truncated = heard.getHeader().getFlag(Flags.TC);
        message = heard;
        return true;
    }

    /** The answer; null while there is none, or only a part of it. */
    @Nullable
    Message message() {
        return truncated ? null : message;
    }

    /** Whether answers came that could not be believed. */
    boolean isDoubtful() {
        return doubtful;
    }

    /**
     * Nobody's word is taken for success without a signature. A refusal is: it changes nothing, and servers that do not
     * want the key leave it unsigned (RFC 8945 section 5.3).
     */
    private boolean doubt(Message heard) throws DnsFailure {
        if (heard.getTSIG() == null && isRefusal(heard.getRcode())) {
            throw refusals.unsignedCode(heard.getRcode(), asked());
        }
        doubtful = true;
        return false;
    }

    private Asked asked() {
        return question.getHeader().getOpcode() == Opcode.UPDATE ? Asked.UPDATE : Asked.QUERY;
    }

    private static boolean isRefusal(int rcode) {
        return switch (rcode) {
            case Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.YXDOMAIN, Rcode.YXRRSET, Rcode.NXRRSET -> false;
            default -> true;
        };
    }

    /** Reads an answer; null when it is garbled or answers something else. */
    static @Nullable Message parse(byte[] wire, Message question) {
        try {
            Message heard = new Message(wire);
            boolean answers = heard.getHeader().getFlag(Flags.QR)
                    && heard.getHeader().getID() == question.getHeader().getID()
                    && heard.getHeader().getOpcode() == question.getHeader().getOpcode()
                    && (heard.getQuestion() == null || heard.getQuestion().equals(question.getQuestion()));
            return answers ? heard : null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
