import Testing

@testable import Chat

@Suite("Connection configuration")
struct ConnectionConfigurationTests {
    private let device = DeviceID(user: UserID(1), index: 0)

    @Test("an HTTP message has headers where a frame has a short one")
    func headers() {
        let polled = ConnectionConfiguration(
            model: .poll(periodNanoseconds: 1), answerTimeoutNanoseconds: 1, headerBytes: 800)
        #expect(ConnectionConfiguration.websocket.sizeBytes(of: .heartbeat(device)) == 80)
        #expect(polled.sizeBytes(of: .poll(device, after: 0, number: 1)) == 872)
        #expect(polled.sizeBytes(of: .polled(device, number: 1, head: 1, contentBytes: 100)) == 972)
        #expect(polled.sizeBytes(of: .polled(device, number: 1, head: 1, contentBytes: .max)) == .max)
    }

    @Test("a device waits for an answer as long as the server may hold it, and as long as it may be under way")
    func timeout() {
        func wait(_ model: ConnectionConfiguration.Model) -> UInt64 {
            ConnectionConfiguration(model: model, answerTimeoutNanoseconds: 5, headerBytes: 8).requestTimeoutNanoseconds
        }
        #expect(wait(.longPoll(holdNanoseconds: 30)) == 35)
        #expect(wait(.poll(periodNanoseconds: 30)) == 5)
    }
}
