// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.sms;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

/**
 * Lets an answer pass unread, so that its connection can be used again; one that is longer than it needs to be is cut off,
 * and its connection with it.
 */
final class DiscardedBody implements BodySubscriber<@Nullable Void> {

    private static final int MOST = 16 * 1024;

    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long seen;

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            seen += buffer.remaining();
        }
        if (seen > MOST && subscription != null) {
            subscription.cancel();
            end.complete(null);
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The status has been read, and nothing else counts.
        end.complete(null);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
