import Chat
import Simulation

/// A part of a population in one process: its devices, when the next of its users sends, and when the next comes or goes. However many
/// users there are, one event of each kind is pending for all of them.
struct ClientBlock {
    // What most events touch comes first; see ``hotByteCount(of:)``.

    /// The devices, those of a user next to one another.
    var clients: ClientStore
    private let context: PopulationContext
    private var choices: RandomStream
    private var arrivals: RandomStream
    /// The numbers of the users.
    private let users: Range<UInt32>
    private let memoryless: SuperposedArrivals?
    /// The next deadline of each user, if they are not memoryless.
    private var renewals: RenewalArrivals?
    /// When users are online, if they are not always.
    private var sessions: AlternatingSessions?
    /// When devices at rest look who is online of those on their screens, if they do. Each would ask once in a period; since none has a timer,
    /// all of them ask at random moments, as often.
    private var looks: SuperposedArrivals?
    private var lookDraws: RandomStream
    private var sessionDraws: RandomStream

    /// How many bytes from the beginning an event touches: those of the devices, and those of the draws where a user sends.
    static func hotByteCount(of kind: UInt16) -> Int { kind == EventKind.populationSends ? 256 : 128 }

    /// The devices of block number `number` of a population.
    init(
        _ context: PopulationContext, number: UInt32, randomComponent: UInt32, configuration: WorldConfiguration
    ) {
        self.context = context
        let population = context.population
        let firstPopulationUser = context.firstUser
        let first = firstPopulationUser + number * Population.usersPerBlock
        users = first..<min(first + Population.usersPerBlock, firstPopulationUser + population.userCount)
        arrivals = RandomStream(
            seed: configuration.seed, component: randomComponent, purpose: RandomPurpose.populationArrivals.rawValue)
        choices = RandomStream(
            seed: configuration.seed, component: randomComponent, purpose: RandomPurpose.populationChoices.rawValue)
        lookDraws = RandomStream(
            seed: configuration.seed, component: randomComponent, purpose: RandomPurpose.viewportPulls.rawValue)
        var sessionDraws = RandomStream(
            seed: configuration.seed, component: randomComponent, purpose: RandomPurpose.sessions.rawValue)
        let userCount = UInt32(users.count)
        let sessions: AlternatingSessions?
        if let starts = population.sessionStarts(configuration) {
            sessions = AlternatingSessions(users: users, starts: starts)
        } else {
            sessions = population.sessions.map {
                AlternatingSessions(
                    userCount: userCount, onlineNanoseconds: $0.onlineNanoseconds,
                    offlineNanoseconds: $0.offlineNanoseconds, drawing: &sessionDraws)
            }
        }
        self.sessions = sessions
        self.sessionDraws = sessionDraws
        if population.startsConnected, let presence = configuration.client.presence, !presence.keepsStatuses,
            let period = presence.viewportPeriodNanoseconds
        {
            looks = SuperposedArrivals(
                userCount: userCount * UInt32(population.deviceCount), meanGapNanoseconds: period)
        }
        switch population.sending {
        case .memoryless(let meanGapNanoseconds):
            memoryless = SuperposedArrivals(userCount: userCount, meanGapNanoseconds: meanGapNanoseconds)
            renewals = nil
        case .gaps(let gapNanoseconds):
            memoryless = nil
            renewals = RenewalArrivals(
                userCount: userCount, gapNanoseconds: gapNanoseconds, drawing: &arrivals)
        }
        clients = ClientStore(
            count: users.count * population.deviceCount, rests: population.startsConnected,
            maker: ClientStore.Maker(context: context, firstUser: first, randomComponent: randomComponent),
            isOffline: sessions.map { sessions in
                { port in !sessions.isOnline(UInt32(port / population.deviceCount)) }
            })
    }

    /// Whether the devices are connected when the run begins.
    var startsConnected: Bool { context.population.startsConnected }

    /// When a device connects at the start, in nanoseconds.
    mutating func drawConnectNanoseconds() -> UInt64 {
        choices.below(Population.connectSpreadNanoseconds)
    }

    /// Whether the user of a device, by number, wants to be online.
    func wantsOnline(_ client: Int) -> Bool {
        sessions?.isOnline(UInt32(client / context.population.deviceCount)) ?? true
    }

    /// When the next user comes or goes, in nanoseconds; nothing once the population has stopped.
    var nextChangeNanoseconds: UInt64? {
        sessions?.nextNanoseconds.flatMap { $0 < context.stopNanoseconds ? $0 : nil }
    }

    /// Lets the next user come or go.
    ///
    /// - Returns: The numbers of the user's devices; ``wantsOnline(_:)`` tells whether the user has come.
    mutating func changeSession() -> Range<Int> {
        guard let user = sessions?.change(drawing: &sessionDraws) else {
            preconditionFailure("users without sessions are always online")
        }
        let first = Int(user) * context.population.deviceCount
        return first..<first + context.population.deviceCount
    }

    /// When the next device looks who is online after a time, in nanoseconds; nothing if none does, or once the population has stopped.
    mutating func drawNextLookNanoseconds(after now: UInt64) -> UInt64? {
        let next = looks?.drawNextNanoseconds(after: now, drawing: &lookDraws)
        return next.flatMap { $0 < context.stopNanoseconds ? $0 : nil }
    }

    /// Draws which device that is.
    mutating func drawLooker() -> Int? {
        looks.map { Int($0.drawUser(drawing: &lookDraws)) }
    }

    /// When the next user sends after a time, in nanoseconds; nothing once the population has stopped.
    mutating func drawNextSendNanoseconds(after now: UInt64) -> UInt64? {
        let next = memoryless?.drawNextNanoseconds(after: now, drawing: &arrivals) ?? renewals?.nextNanoseconds
        return next.flatMap { $0 < context.stopNanoseconds ? $0 : nil }
    }

    /// Draws what the user who sends now does.
    mutating func drawMessage() -> (client: Int, recipient: UserID, contentBytes: UInt32) {
        guard let user = memoryless?.drawUser(drawing: &choices) ?? renewals?.act(drawing: &arrivals) else {
            preconditionFailure("the users of a block send in one of two ways")
        }
        let device = Int(choices.below(UInt64(context.population.deviceCount)))
        let recipient = drawRecipient(from: users.lowerBound + user)
        var law = context.population.contentBytes
        if let media = context.population.media, media.share.happens(drawing: &choices) {
            law = media.contentBytes
        }
        let bytes = law.sample(drawing: &choices)
        return (Int(user) * context.population.deviceCount + device, recipient, UInt32(clamping: bytes))
    }

    /// A friend of the sender; any other user of the population where the sender has none.
    private mutating func drawRecipient(from sender: UInt32) -> UserID {
        let friend = context.friends.someFriend(of: UserID(sender)) { choices.below($0) }
        if let friend { return friend }
        let place = sender - context.firstUser
        let other = UInt32(choices.below(UInt64(context.population.userCount - 1)))
        return UserID(context.firstUser + (other < place ? other : other + 1))
    }
}
