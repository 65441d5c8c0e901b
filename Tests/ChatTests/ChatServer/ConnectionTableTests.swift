import Testing

@testable import Chat

@Suite("Connection table")
struct ConnectionTableTests {
    private let phone = DeviceID(user: UserID(1), index: 0)
    private let laptop = DeviceID(user: UserID(1), index: 1)
    private let here = Address(process: 1)
    private let there = Address(process: 2)

    private func connected(_ table: ConnectionTable, _ user: UserID) -> [DeviceID] {
        var devices: [DeviceID] = []
        table.forEachConnection(of: user) { devices.append($0.device) }
        return devices
    }

    @Test("a user's devices are found, and closed one by one")
    func devices() {
        var table = ConnectionTable()
        table.open(phone, at: here, nowNanoseconds: 0)
        table.open(laptop, at: there, nowNanoseconds: 0)
        #expect(connected(table, UserID(1)) == [phone, laptop] && table.count == 2)
        table.close(phone)
        #expect(connected(table, UserID(1)) == [laptop] && table.count == 1)
        table.close(laptop)
        table.close(laptop)
        #expect(!table.isConnected(UserID(1)) && table.count == 0)
    }

    @Test("a device that connects again takes the place of its old connection")
    func reopen() {
        var table = ConnectionTable()
        table.open(phone, at: here, nowNanoseconds: 0)
        table.open(phone, at: there, nowNanoseconds: 5)
        #expect(table.count == 1 && table.address(of: phone) == there)
        let isHeard = table.hear(phone, at: here, nowNanoseconds: 6)
        #expect(!isHeard)
    }

    @Test("silent connections are closed, others are not")
    func silence() {
        var table = ConnectionTable()
        table.open(phone, at: here, nowNanoseconds: 0)
        table.open(laptop, at: there, nowNanoseconds: 0)
        _ = table.hear(laptop, at: there, nowNanoseconds: 100)
        table.closeSilent(since: 50)
        #expect(connected(table, UserID(1)) == [laptop])
        table.open(phone, at: here, nowNanoseconds: 200)
        #expect(table.count == 2)
    }
}
