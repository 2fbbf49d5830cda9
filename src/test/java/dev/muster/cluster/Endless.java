package dev.muster.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An extension that keeps its actor system from ending until it is told to let it, as a connection by TLS may. */
public final class Endless extends ExtensionId<Endless.Hold> {
    private static final Endless INSTANCE = new Endless();
    private static final CountDownLatch LET_GO = new CountDownLatch(1);

    static final class Hold implements Extension {}

    private Endless() {}

    /** Pekko asks it of a class that is named as an extension. */
    public static Endless getInstance() {
        return INSTANCE;
    }

    static Config above(Config config) {
        return ConfigFactory.parseString("pekko.actor.typed.extensions = [\"" + Endless.class.getName() + "\"]")
                .withFallback(config);
    }

    /** Lets all systems end that have been kept from it. */
    static void letGo() {
        LET_GO.countDown();
    }

    @Override
    public Hold createExtension(ActorSystem<?> system) {
        system.systemActorOf(
                Behaviors.receive(Object.class)
                        .onSignal(PostStop.class, signal -> {
                            LET_GO.await();
                            return Behaviors.same();
                        })
                        .build(),
                "endless",
                DispatcherSelector.blocking());
        return new Hold();
    }
}
