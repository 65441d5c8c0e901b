/// What a process draws random numbers for. Each purpose of each process has a stream of its own, so that drawing more for
/// one changes no other. The numbers are part of what makes a run repeatable: they are never given to another purpose.
public enum RandomPurpose: UInt32, Sendable {
    case links = 1
    case linkFaults = 2
    case disk = 3
    case clientJitter = 4
    case serverJitter = 5
    case populationArrivals = 6
    case populationChoices = 7
    case friends = 16
    case sessions = 17
    case sessionStart = 18
    case viewportPulls = 19
    case cacheJitter = 24
    case storageJitter = 44
    case faultSchedule = 48
    case tornWrite = 49
    case corruption = 50
    case connectionLoss = 51
}
