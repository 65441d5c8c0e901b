import Chat
import Invariants

/// What violates the invariants, beside a run in which all of them hold.
enum InvariantViolations {
    /// For each invariant something that violates it, and the sentence that says so.
    static let all: [(Invariant, @Sendable (inout History) -> Void, String)] = [
        (
            .noLoss,
            { run in
                run.sent("a0.3", to: "b0", at: 50)
                run.acked("a0.3", at: 51)
                run.shown("a0.3", on: "b0", to: "b0", at: 52)
            }, "a0.3 was acknowledged to a0 at 51.000 s, but b1, connected since 40.000 s, never showed it"
        ),
        (
            .noDuplicates, { $0.shown("a0.0", on: "b0", to: "b0", at: 60) },
            "b0 shows a0.0 twice: at 13.000 s and at 60.000 s"
        ),
        (
            .sameOrderOnAllDevices,
            { run in
                for (device, order) in [("a0", ["b0.0", "b0.1"]), ("a1", ["b0.1", "b0.0"])] {
                    for (index, message) in order.enumerated() {
                        run.shown(message, on: device, to: "a0", at: 60 + UInt64(index))
                    }
                }
            },
            "a1 shows b0.1 (60.000 s) before b0.0 (61.000 s), but a0 shows b0.0 (60.000 s) before b0.1 (61.000 s)"
        ),
        (
            .sameOrderForBothUsers,
            { run in
                run.sent("a0.3", to: "b0", at: 50)
                run.sent("b0.0", to: "a0", at: 50)
                for (device, order) in [("a0", ["a0.3", "b0.0"]), ("b0", ["b0.0", "a0.3"])] {
                    for (index, message) in order.enumerated() {
                        run.shown(message, on: device, to: "b0", at: 60 + UInt64(index))
                    }
                }
            },
            "b0 shows b0.0 (60.000 s) before a0.3 (61.000 s), but a0 shows a0.3 (60.000 s) before b0.0 (61.000 s)"
        ),
        (
            .sequenceGapFree, { $0.shown("a0.9", on: "b0", to: "b0", at: 60, number: 5) },
            "b0 shows a0.9 with the number 5 at 60.000 s, after the number 3"
        ),
        (
            .sequenceGapFree, { $0.mailbox(.assigned, "b0", "a0.9", number: 2, at: 60) },
            "the number 2 in the order of b is given to a0.9 at 60.000 s, but a0.1 has it"
        ),
        (
            .sequenceGapFree, { $0.mailbox(.assigned, "b0", "a0.1", number: 4, at: 60) },
            "a0.1 gets the number 4 in the order of b at 60.000 s, but it has the number 2"
        ),
        (
            .sequenceGapFree, { $0.mailbox(.assigned, "b0", "a0.9", number: 5, at: 60) },
            "no message has the number 4 in the order of b, which goes up to 5"
        ),
        (
            .senderFIFO,
            { run in
                run.sent("b0.0", to: "a0", at: 50)
                run.sent("b0.1", to: "a0", at: 51)
                run.shown("b0.1", on: "a1", to: "a0", at: 60)
                run.shown("b0.0", on: "a1", to: "a0", at: 61)
            }, "a1 shows b0.1 (60.000 s) before b0.0 (61.000 s), but b0 sent b0.0 first"
        ),
        (
            .offlineComplete,
            { run in
                run.disconnected("b0", at: 50)
                run.sent("a0.3", to: "b0", at: 51)
                run.acked("a0.3", at: 52)
                run.shown("a0.3", on: "b1", to: "b0", at: 53)
                run.connected("b0", at: 60)
            }, "a0.3 was acknowledged to a0 at 52.000 s, but b0, connected since 60.000 s, never showed it"
        ),
        (
            .durableAfterAck,
            { run in
                run.sent("a0.3", to: "b0", at: 50)
                run.mailbox(.stored, "a0", "a0.3", number: 4, at: 51)
                run.acked("a0.3", at: 52)
            }, "a0.3 was acknowledged to a0 at 52.000 s, but no log and no storage has it for b"
        ),
        (
            .durableAfterAck,
            { run in
                run.sent("a0.3", to: "b0", mediaBytes: 5000, at: 50)
                run.mailbox(.logged, "a0", "a0.3", number: 4, at: 51)
                run.acked("a0.3", at: 52)
            }, "a0.3 was acknowledged to a0 at 52.000 s, but no object store has the media that it refers to"
        ),
        (
            .conservation, { $0.sent("a0.3", to: "b0", at: 50) },
            "a0.3, sent by a0 at 50.000 s, has vanished: it was neither delivered nor reported as failed, and no "
                + "component has it any more"
        ),
        (
            .failedLogDrains, { $0.mailbox(.failedLogged, "b0", "a0.4", number: 4, at: 50) },
            "a0.4, number 4 of b, was logged as failed at 50.000 s, but the storage never got it"
        ),
        (
            .failedLogDrains,
            { run in
                run.mailbox(.failedLogged, "b0", "a0.4", number: 4, at: 50)
                run.mailbox(.stored, "b0", "a0.5", number: 4, at: 51)
            }, "a0.4, number 4 of b, was logged as failed at 50.000 s, but the storage has a0.5 at its place"
        ),
        (
            .failedLogDrains, { $0.mailbox(.stored, "b0", "a0.5", number: 2, at: 51) },
            "a0.1, number 2 of b, was logged as failed at 20.000 s, but the storage has a0.5 at its place"
        ),
        (
            .failedLogDrains, { $0.mailbox(.stored, "b0", "a0.1", number: 9, at: 52) },
            "a0.1, number 2 of b, was logged as failed at 20.000 s, and the storage has it again as number 9"
        ),
        (
            .failedLogDrains,
            { run in
                run.mailbox(.failedLogged, "b0", "a0.4", number: 4, at: 50)
                run.mailbox(.stored, "b0", "a0.5", number: 5, at: 53)
                run.mailbox(.stored, "b0", "a0.4", number: 4, at: 54)
            },
            "a0.4, number 4 of b, was logged as failed at 50.000 s and stored at 54.000 s, after what comes next in the "
                + "mailbox (53.000 s)"
        ),
        (
            .conservation, { $0.shown("a0.7", on: "b0", to: "b0", at: 50) },
            "a0.7 comes from nowhere: a0 never sent it"
        ),
        (
            .oneOwner, { $0.wrote("a0.2", "b0", by: 0, term: 5, at: 50) },
            "a write of chat server 1, a0.2 in the order of b, is accepted at 50.000 s, but chat server 2 owns b since 4.000 s"
        ),
        (
            .capacityRespected, { $0.held(connections: 5, limit: 4, by: 1, at: 50) },
            "chat server 2 holds 5 connections once a0 is connected at 50.000 s; it may hold 4"
        ),
        (
            .shardMoveLossless,
            { run in
                run.mailbox(.stored, "b0", "a0.7", number: 4, at: 50)
                run.moved(shard: 1, at: 51)
            }, "a0.7, stored at 50.000 s as #4 of b, is not there any more after shard 1 moved at 51.000 s"
        ),
        (
            .shardMoveLossless, { $0.readable("b0", "a0.1", number: 2) },
            "a0.1, stored at 21.000 s as #2 of b, is there 2 times after shard 1 moved at 34.000 s"
        ),
        (
            .replicasAgree, { $0.copy(ofShard: 1, at: 2, rows: 2, hash: 78) },
            "the copies of shard 1 differ: storage.1 has 3 rows, storage.3 has 2, and they are not the same"
        ),
        (
            .presenceSettles, { $0.shows("b", online: false, on: "a0", from: .viewport, at: 70) },
            "a0 shows b as offline at 70.000 s, who has been online since 1.000 s"
        ),
        (
            .presenceNoFlap, { $0.shows("c", online: true, on: "a0", from: .broadcast, at: 43) },
            "a broadcast makes a0 show c as online at 43.000 s, who was online only from 32.000 s to 34.000 s"
        ),
        (
            .pagesComplete, { $0.read(["a0.2", "a0.2", "a0.1", "a0.0"], on: "b0", head: 3, at: 50) },
            "b0 fetches a0.2 again at 50.000 s as row 2 of its pages, where a0.1 should be"
        ),
        (
            .pagesComplete, { $0.read(["a0.2", "a0.0"], on: "b0", head: 3, at: 50) },
            "b0 fetches a0.0 at 50.000 s as row 2 of its pages, where a0.1 should be"
        ),
        (
            .pagesComplete, { $0.read(["a0.2", "a0.1"], on: "b0", head: 3, at: 50) },
            "b0 has read its pages at 51.000 s without a0.0"
        ),
        (
            .noReorderAfterDisplay, { $0.shown("b0.0", on: "b0", to: "a0", at: 60, number: 2) },
            "b0 shows b0.0 at 60.000 s, which sorts above a0.2, shown at 33.000 s: number 2 comes before number 3"
        ),
        (
            .noLoss,
            { run in
                run.member("b", of: 1, since: 2, time: 40)
                run.shown("f0.1", on: "b0", to: "b0", at: 41)
                run.shown("g0.0", on: "b0", to: "b0", at: 41)
                run.shown("g0.0", on: "b1", to: "b0", at: 41)
            }, "f0.1 was acknowledged to f0 at 22.000 s, but b1, connected since 40.000 s, never showed it"
        ),
        (
            .senderFIFO,
            { run in
                run.shown("f0.1", on: "b0", to: "b0", at: 60)
                run.shown("f0.0", on: "b0", to: "b0", at: 61)
            }, "b0 shows f0.1 (60.000 s) before f0.0 (61.000 s), but f0 sent f0.0 first"
        ),
        (
            .durableAfterAck, { $0.member("b", of: 1, since: 1, time: 40) },
            "f0.0 was acknowledged to f0 at 12.000 s, but no log and no storage has it for b"
        ),
        (
            .durableAfterAck,
            { run in
                run.sent("f0.2", toThread: 1, at: 50)
                run.acked("f0.2", at: 51)
            }, "f0.2 was acknowledged to f0 at 51.000 s, but no log and no storage has it in thread 1"
        ),
        (
            .conservation, { $0.member("h", of: 1, since: 3, time: 40) },
            "g0.0, sent by g0 to thread 1 at 30.000 s, has vanished for h: it was neither delivered nor reported as "
                + "failed, and no component has it any more"
        ),
        (
            .groupSameSet,
            { run in
                run.sent("f0.2", toThread: 1, at: 50)
                run.placed("f0.2", in: 1, at: 4, time: 51)
                run.shown("f0.2", on: "f0", to: "f0", at: 52, number: 4)
                run.shown("f0.2", on: "g0", to: "g0", at: 53, number: 4)
            }, "g0 shows f0.2 at 53.000 s, but g is no member of thread 1 at its place"
        ),
        (
            .groupSameSet, { $0.member("b", of: 1, since: 3, time: 40) },
            "g0.0 has its place in thread 1 since 31.000 s, when b is a member, but b0, connected since 1.000 s, never "
                + "showed it"
        ),
        (
            .groupOrder,
            { run in
                run.shown("f0.1", on: "b0", to: "b0", at: 60)
                run.shown("f0.0", on: "b0", to: "b0", at: 61)
            },
            "b0 shows f0.1 (60.000 s) before f0.0 (61.000 s), but f0 shows f0.0 (13.000 s) before f0.1 (23.000 s)"
        ),
        (
            .cacheCoherent, { $0.mailbox(.cacheConfirmed, "a0", "a0.3", number: 4, at: 50) },
            "a0.3 was confirmed by a cache as number 4 of a at 50.000 s, but the storage never got it"
        ),
        (
            .cacheCoherent, { $0.mailbox(.cacheConfirmed, "a0", "a0.7", number: 3, at: 50) },
            "a0.7 was confirmed by a cache as number 3 of a at 50.000 s, but the storage has another message there"
        ),
        (
            .cacheCoherent,
            { $0.read("a0", messages: [("a0.0", 1), ("a0.1", 2)], conversations: [("a0.1", 2)], at: 50) },
            "what a0 read at 50.000 s ends with number 2, but a cache had confirmed number 3 of a at 34.000 s"
        ),
        (
            .cacheCoherent,
            { $0.read("a0", messages: [("a0.0", 1), ("a0.2", 3)], conversations: [("a0.2", 3)], at: 50) },
            "what a0 read at 50.000 s has number 1 of a and then number 3"
        ),
        (
            .cacheCoherent,
            { run in
                run.read("a0", messages: [("a0.2", 3), ("a0.8", 4)], conversations: [("a0.8", 4)], at: 50)
            }, "a0.8 was read from a cache as number 4 of a at 50.000 s, but the storage never got it"
        ),
        (
            .atomicIndices,
            { $0.read("a0", messages: [("a0.0", 1), ("a0.1", 2)], conversations: [("a0.0", 1)], at: 50) },
            "a0 read at 50.000 s that the last message with a is a0.1, by the recent messages, but a0.0, by the recent "
                + "conversations"
        ),
        (
            .atomicIndices, { $0.read("a0", messages: [("a0.0", 1)], conversations: [], at: 50) },
            "a0 read at 50.000 s that the last message with a is a0.0, by the recent messages, but the recent "
                + "conversations do not have it"
        ),
        (
            .atomicIndices, { $0.read("a0", messages: [], conversations: [("a0.0", 1)], at: 50) },
            "a0 read at 50.000 s a0.0 in the recent conversations, but not in the recent messages"
        ),
        (
            .readYourWrites,
            { $0.read("a0", messages: [("a0.0", 1), ("a0.1", 2)], conversations: [("a0.1", 2)], at: 50) },
            "a0 was told at 32.000 s that a0.2 is accepted, but did not find it when it read at 50.000 s"
        ),
    ]
}
