internal import Chat
internal import Invariants
internal import Scenario

/// What the users, devices and messages of a scenario are called. The system itself knows them by number only.
struct ScenarioNames: NameTable {
    private let users: [UserModel]
    private let groups: [String]
    private let populations: [(name: String, firstUser: UInt32)]
    private var messageNames: [MessageID: String] = [:]

    init(_ scenario: Scenario) {
        users = scenario.users
        groups = scenario.groups.map(\.name)
        var next = UInt32(scenario.users.count)
        var named: [(String, UInt32)] = []
        for population in scenario.populations {
            named.append((population.name, next))
            next += UInt32(population.userCount)
        }
        populations = named
        // A device numbers its messages in the order in which its user sends them: by time, then by place in the file.
        var sent: [DeviceID: UInt32] = [:]
        let steps = scenario.script.enumerated().sorted {
            ($0.element.timeNanoseconds, $0.offset) < ($1.element.timeNanoseconds, $1.offset)
        }
        for (_, step) in steps {
            guard let message = step.action.message else { continue }
            let device = DeviceID(user: UserID(UInt32(step.user)), index: UInt8(step.device))
            let ordinal = sent[device, default: 0]
            sent[device] = ordinal + 1
            let key = ClientMessageID(deviceIndex: device.index, ordinal: ordinal)
            messageNames[MessageID(sender: device.user, clientMessageID: key)] = message
        }
    }

    /// The message that listed users send under a name; nothing if the script has none.
    func message(named name: String) -> MessageID? { messageNames.first { $0.value == name }?.key }

    /// The names of the messages in the script, in alphabetical order.
    var scriptedMessages: [String] { messageNames.values.sorted() }

    func name(of user: UserID) -> String {
        let number = user.rawValue
        if number < users.count { return users[Int(number)].name }
        guard let population = populations.last(where: { $0.firstUser <= number }) else { return "user#\(number)" }
        return "\(population.name)#\(number - population.firstUser + 1)"
    }

    func name(of device: DeviceID) -> String {
        let number = Int(device.user.rawValue)
        if number < users.count { return "\(users[number].name).\(users[number].devices[Int(device.index)])" }
        return "\(name(of: device.user)).\(device.index + 1)"
    }

    func name(of thread: ThreadID) -> String {
        let number = Int(thread.rawValue)
        return number <= groups.count ? groups[number - 1] : "thread#\(number)"
    }

    func name(of message: MessageID) -> String {
        messageNames[message] ?? "\(name(of: message.device))/\(message.clientMessageID.ordinal + 1)"
    }
}
