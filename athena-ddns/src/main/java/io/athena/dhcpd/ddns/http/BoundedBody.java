package io.athena.dhcpd.ddns.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Keeps the body of an answer in the pieces in which it comes, and hangs up when it grows too long. */
final class BoundedBody implements BodySubscriber<List<byte[]>> {

    /** The body is longer than the limit. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        TooLong(long limit) {
            super("more than " + limit + " bytes");
        }
    }

    private final long limit;
    private final CompletableFuture<List<byte[]>> whole = new CompletableFuture<>();
    private final List<byte[]> pieces = new ArrayList<>();
    private long length;
    private @Nullable Subscription subscription;

    BoundedBody(long limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<List<byte[]>> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription source) {
        subscription = source;
        source.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            length += buffer.remaining();
            if (length > limit) {
                pieces.clear();
                whole.completeExceptionally(new TooLong(limit));
                if (subscription != null) {
                    subscription.cancel();
                }
                return;
            }
            byte[] piece = new byte[buffer.remaining()];
            buffer.get(piece);
            pieces.add(piece);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(pieces);
    }
}
