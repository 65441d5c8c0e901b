import Chat
import Testing

@testable import World

@Suite("Kinds that servers handle")
struct HandledKindTests {
    @Test("every kind of message is one, and so are timers and the disk's answers, each under a name of its own")
    func names() {
        let names = HandledKind.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count == MessageKind.all.count + 3)
        for kind in HandledKind.all { #expect(HandledKind(name: kind.name) == kind) }
        #expect(HandledKind(name: "submitt") == nil)
    }

    @Test("every event that a component handles in a run is of a kind, all timers of one")
    func numbers() {
        for kind in HandledKind.all { #expect(HandledKind.number(ofEventKind: kind.number) == kind.number) }
        #expect(HandledKind.number(ofEventKind: EventKind.timerBase + 5) == HandledKind.timer.number)
        for kind in [EventKind.crash, EventKind.restart, EventKind.begin, EventKind.syncFailed, EventKind.connect] {
            #expect(HandledKind.number(ofEventKind: kind) == nil)
        }
    }
}
