import Testing

@testable import World

@Suite("Devices that wait")
struct WaitingDevicesTests {
    @Test(
        "one event is under way, for the first of all; when it comes one device is told, and the next event is asked for"
    )
    func events() {
        var waits = WaitingDevices()
        #expect(waits.eventToSchedule() == nil)
        waits.insert(7, .waitOver, atNanoseconds: 1600)
        #expect(waits.eventToSchedule() == 1600 && waits.eventToSchedule() == nil)
        waits.insert(3, .connectionGone, atNanoseconds: 3200)
        #expect(waits.eventToSchedule() == nil, "an event is under way that comes before")
        waits.insert(9, .connectionGone, atNanoseconds: 800)
        #expect(waits.eventToSchedule() == 800)
        #expect(waits.next(atNanoseconds: 800).map { $0.port == 9 && $0.news == .connectionGone } == true)
        #expect(waits.eventToSchedule() == 1600)
        #expect(waits.next(atNanoseconds: 1600).map { $0.port == 7 && $0.news == .waitOver } == true)
        #expect(waits.next(atNanoseconds: 1600) == nil, "the event that was overtaken tells nobody")
        #expect(waits.eventToSchedule() == 3200)
    }

    @Test(
        "a time is rounded up to sixteen nanoseconds, and devices of the same time come in the order of their numbers")
    func steps() {
        var waits = WaitingDevices()
        let month: UInt64 = 30 * 86_400_000_000_000
        for port in [16_383, 0, 5] { waits.insert(port, .waitOver, atNanoseconds: month + 1) }
        for port in [0, 5, 16_383] {
            #expect(waits.eventToSchedule() == month + 16)
            #expect(waits.next(atNanoseconds: month + 16)?.port == port)
        }
        #expect(waits.eventToSchedule() == nil && waits.bytes == 0)
    }

    @Test("what is to happen in more than a hundred days never does, and nothing happens sooner for it")
    func never() {
        var waits = WaitingDevices()
        for time in [1 << 62, 1 << 53, 1 << 53 + 16] as [UInt64] { waits.insert(1, .waitOver, atNanoseconds: time) }
        #expect(waits.eventToSchedule() == nil)
        waits.insert(1, .waitOver, atNanoseconds: 1 << 53 - 16)
        #expect(waits.eventToSchedule() == 1 << 53 - 16)
    }
}
