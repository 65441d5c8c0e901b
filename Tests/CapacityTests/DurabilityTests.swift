import Capacity
import Testing

@Suite("Durability")
struct DurabilityTests {
    static let groups = [
        Durability(copies: 2), Durability(copies: 3), Durability(dataBlocks: 6, parityBlocks: 3),
        Durability(dataBlocks: 10, parityBlocks: 4),
    ]

    @Test(
        "the mean years to the loss of data are those of the table, to its digits",
        arguments: [
            (0, 1, 70_086, 0.5), (1, 1, 8.18628e8, 0.5e3), (2, 1, 5.6932e10, 0.5e6), (3, 1, 2.5117e13, 0.5e9),
            (0, 10, 7014, 0.5), (1, 10, 8.1947e6, 0.5e2), (2, 10, 5.7152e7, 0.5e3), (3, 10, 2.52727e9, 0.5e4),
        ] as [(Int, Double, Double, Double)])
    func years(group: Int, repairHours: Double, years: Double, distance: Double) {
        let hours = Self.groups[group].meanHoursToDataLoss(meanLifeHours: 35_040, meanRepairHours: repairHours)
        #expect(near(hours / 8760, years, within: distance))
    }

    @Test(
        "at one percent away each, RS(6,3) is worse than three copies, and RS(10,4) better",
        arguments: [(1, 1.0e-6, 0.5e-7), (2, 1.21e-6, 0.5e-8), (3, 1.86e-7, 0.5e-9)] as [(Int, Double, Double)])
    func unavailability(group: Int, probability: Double, distance: Double) {
        #expect(near(Self.groups[group].unavailability(diskUnavailability: 0.01), probability, within: distance))
    }

    @Test("what tolerates no loss lives as long as the first of its disks")
    func noRedundancy() {
        let group = Durability(dataBlocks: 4, parityBlocks: 0)
        #expect(group.meanHoursToDataLoss(meanLifeHours: 1000, meanRepairHours: 1) == 250)
        #expect(near(group.unavailability(diskUnavailability: 0.5), 1 - 1.0 / 16, relative: 1e-12))
    }
}
