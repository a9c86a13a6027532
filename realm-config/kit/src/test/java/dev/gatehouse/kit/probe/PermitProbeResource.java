// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.kit.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gatehouse.core.limit.Bucket;
import dev.gatehouse.core.limit.FailureMode;
import dev.gatehouse.core.limit.LocalPermitStore;
import dev.gatehouse.core.limit.PermitStore;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.limit.RateLimiter;
import dev.gatehouse.core.limit.StoreUnavailableException;
import dev.gatehouse.core.limit.StoreWatch;
import dev.gatehouse.spi.limit.PermitStoreFactory;
import dev.gatehouse.spi.limit.PermitStoreProvider;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSessionFactory;

/** The methods of a store, one address each. A store that is away is a 503. */
@Produces(MediaType.TEXT_PLAIN)
public final class PermitProbeResource {

    private final KeycloakSessionFactory factory;

    PermitProbeResource(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    @POST
    @Path("{store}/take")
    public Response take(
            @PathParam("store") String store,
            @FormParam("permits") int permits,
            @FormParam("millis") long millis,
            @FormParam("area") String area,
            @FormParam("key") String key,
            @FormParam("subject") List<String> subjects) {
        return answer(() -> written(store(store).take(bucket(permits, millis, area, key, subjects))));
    }

    @POST
    @Path("{store}/give-back")
    public Response giveBack(
            @PathParam("store") String store,
            @FormParam("permits") int permits,
            @FormParam("millis") long millis,
            @FormParam("area") String area,
            @FormParam("key") String key,
            @FormParam("subject") List<String> subjects,
            @FormParam("permit") String permit) {
        return answer(() -> {
            store(store).giveBack(bucket(permits, millis, area, key, subjects), permit);
            return "done";
        });
    }

    @POST
    @Path("{store}/peek")
    public Response peek(
            @PathParam("store") String store,
            @FormParam("permits") int permits,
            @FormParam("millis") long millis,
            @FormParam("area") String area,
            @FormParam("key") String key,
            @FormParam("subject") List<String> subjects) {
        return answer(() -> Long.toString(
                store(store).peek(bucket(permits, millis, area, key, subjects)).toMillis()));
    }

    @POST
    @Path("{store}/clear")
    public Response clear(
            @PathParam("store") String store, @FormParam("subject") String subject, @FormParam("millis") long millis) {
        return answer(() -> {
            store(store).clear(subject, Duration.ofMillis(millis));
            return "done";
        });
    }

    /** Many tries of many threads on one counter; how many went through. */
    @POST
    @Path("{store}/burst")
    public Response burst(
            @PathParam("store") String store,
            @FormParam("permits") int permits,
            @FormParam("millis") long millis,
            @FormParam("key") String key,
            @FormParam("threads") int threads,
            @FormParam("tries") int tries) {
        Bucket bucket = bucket(permits, millis, Bucket.Area.TYPED.name(), key, List.of());
        PermitStore under = store(store);
        ExecutorService all = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                work.add(() -> {
                    long through = 0;
                    for (int j = 0; j < tries; j++) {
                        through += under.take(bucket) instanceof PermitStore.Answer.Taken ? 1 : 0;
                    }
                    return through;
                });
            }
            return answer(() -> {
                long through = 0;
                for (Future<Long> part : all.invokeAll(work)) {
                    through += part.get();
                }
                return Long.toString(through);
            });
        } finally {
            all.shutdownNow();
        }
    }

    /** Permits for as many keys as there are; what a stranger does who types names. */
    @POST
    @Path("{store}/flood")
    public Response flood(@PathParam("store") String store, @FormParam("keys") int keys, @FormParam("key") String key) {
        return answer(() -> {
            new Flood(key, keys).into(store(store));
            return Long.toString(keys);
        });
    }

    /** How many counters of a flood are still there. */
    @POST
    @Path("{store}/kept")
    public Response kept(@PathParam("store") String store, @FormParam("keys") int keys, @FormParam("key") String key) {
        return answer(() -> Integer.toString(new Flood(key, keys).keptBy(store(store))));
    }

    /** How much memory is used, whatever the store. */
    @POST
    @Path("{store}/heap")
    public Response heap() {
        return answer(() -> Long.toString(Flood.heap()));
    }

    /**
     * How many nanoseconds a limiter takes for the permits of one sign-in. It is a new one, which does not know yet that
     * the store is away: the one that runs would not ask it again for a while.
     */
    @POST
    @Path("{store}/acquire")
    public Response acquire(@PathParam("store") String store, @FormParam("key") String key) {
        InstantSource clock = InstantSource.system();
        RateLimiter limiter = new RateLimiter(
                store(store), new LocalPermitStore(clock, 10), FailureMode.LOCAL, clock, new NobodyWatches());
        List<Bucket> buckets = List.of(
                bucket(5, 60_000, Bucket.Area.ADDRESS.name(), "address." + key, List.of()),
                bucket(10, 900_000, Bucket.Area.TYPED.name(), "name." + key, List.of("subject." + key)));
        return answer(() -> {
            long begin = System.nanoTime();
            limiter.acquire(buckets);
            return Long.toString(System.nanoTime() - begin);
        });
    }

    private static final class NobodyWatches implements StoreWatch {

        @Override
        public void failed() {
            // The time that it took says it.
        }

        @Override
        public void away(StoreUnavailableException why) {
            // The same.
        }

        @Override
        public void back() {
            // The same.
        }
    }

    private PermitStore store(String name) {
        if (factory.getProviderFactory(PermitStoreProvider.class, "gatehouse-" + name)
                instanceof PermitStoreFactory found) {
            return found.open(factory);
        }
        throw new IllegalArgumentException("There is no store " + name);
    }

    private static Bucket bucket(int permits, long millis, String area, String key, List<String> subjects) {
        return new Bucket(
                "probe", new Rate(permits, Duration.ofMillis(millis)), Bucket.Area.valueOf(area), key, subjects);
    }

    private static String written(PermitStore.Answer answer) {
        return answer instanceof PermitStore.Answer.Taken taken
                ? "taken " + taken.left() + " " + taken.permit()
                : "full " + ((PermitStore.Answer.Full) answer).retryAfter().toMillis();
    }

    private static Response answer(Callable<String> call) {
        try {
            return Response.ok(call.call()).build();
        } catch (StoreUnavailableException e) {
            return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                    .type(MediaType.TEXT_PLAIN_TYPE)
                    .entity("away")
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The probe failed", e);
        }
    }
}
