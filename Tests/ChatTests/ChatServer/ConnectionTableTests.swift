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

    @Test("silent connections are found, others are not")
    func silence() {
        var table = ConnectionTable()
        table.open(phone, at: here, nowNanoseconds: 0)
        table.open(laptop, at: there, nowNanoseconds: 0)
        _ = table.hear(laptop, at: there, nowNanoseconds: 100)
        #expect(table.silent(since: 50) == [phone])
        #expect(table.silent(since: 100) == [phone, laptop])
    }

    @Test("what a device asked last is remembered until it connects anew or is closed")
    func polls() {
        var table = ConnectionTable()
        let poll = HeldPoll(number: 7, after: 3)
        table.setPoll(poll, of: phone)
        #expect(table.poll(of: phone) == nil, "there is no connection")
        table.open(phone, at: here, nowNanoseconds: 0)
        table.open(laptop, at: there, nowNanoseconds: 0)
        table.setPoll(poll, of: phone)
        #expect(table.poll(of: phone) == poll && table.poll(of: laptop) == nil)
        table.open(phone, at: there, nowNanoseconds: 1)
        #expect(table.poll(of: phone) == nil)
    }

    @Test("it is as a list of connections by user, whatever opens and closes", arguments: [1, 2, 3, 4] as [UInt64])
    func againstList(seed: UInt64) {
        var draws = JitterGenerator(seed: seed)
        var table = ConnectionTable()
        var list: [(device: DeviceID, address: Address, heard: UInt64)] = []
        if seed == 3 { table.reserve(40) }
        // A search ends earlier where nobody has two devices.
        let deviceCount: UInt64 = seed == 4 ? 1 : 3
        for step in 0..<3000 as Range<UInt64> {
            // First there are more and more, in the end fewer and fewer.
            let device = DeviceID(user: UserID(UInt32(draws.below(60))), index: UInt8(draws.below(deviceCount)))
            let place = list.firstIndex { $0.device == device }
            if draws.below(3000) > step {
                let address = Address(process: UInt32(draws.below(1 << 27)), port: UInt32(draws.below(1 << 32)))
                table.open(device, at: address, nowNanoseconds: step)
                if let place {
                    list[place] = (device, address, step)
                } else {
                    list.append((device, address, step))
                }
            } else {
                table.close(device)
                if let place { list.remove(at: place) }
            }
            #expect(table.count == list.count)
            let user = UserID(UInt32(draws.below(60)))
            let here = list.filter { $0.device.user == user }
            #expect(connected(table, user) == here.map(\.device))
            #expect(table.isConnected(user) == !here.isEmpty)
            for connection in here { #expect(table.address(of: connection.device) == connection.address) }
            let silent = Set(list.filter { $0.heard + 100 <= step }.map(\.device))
            #expect(step < 100 || Set(table.silent(since: step - 100)) == silent)
        }
    }

    @Test("a table that does not note when devices are heard of hears them all the same")
    func withoutTimes() {
        var table = ConnectionTable(notesSilence: false)
        table.open(phone, at: here, nowNanoseconds: 0)
        let isHeard = table.hear(phone, at: here, nowNanoseconds: 6)
        #expect(isHeard)
    }
}
