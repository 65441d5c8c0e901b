/// Which files of a region a minor compaction makes one of, as HBase chooses them (`RatioBasedCompactionPolicy`).
///
/// Files that are much larger than all newer ones together are left alone, so that a row is rewritten about as often as the logarithm of
/// the number of flushes.
enum CompactionPolicy {
    /// Chooses files that follow one another.
    ///
    /// - Parameter sizesBytes: The sizes of the region's files, oldest first.
    /// - Returns: The files; nothing if there is nothing to do.
    /// - Complexity: O(files · ``StorageConfiguration/compactionFilesMax``).
    static func select(sizesBytes: [UInt64], configuration: StorageConfiguration) -> Range<Int>? {
        let count = sizesBytes.count
        var start = 0
        while count - start >= configuration.compactionFilesMin {
            let newer = sizesBytes[(start + 1)..<min(count, start + configuration.compactionFilesMax)].reduce(0, +)
            let limit = newer.multipliedReportingOverflow(by: configuration.compactionRatioThousandths)
            let isLarge =
                sizesBytes[start]
                > max(
                    configuration.flushBytesMax, limit.overflow ? .max : limit.partialValue / 1000)
            guard isLarge else { break }
            start += 1
        }
        if count - start < configuration.compactionFilesMin {
            // Where writes wait for fewer files, some must be compacted, whatever their sizes.
            guard count >= configuration.blockingFilesMax, count >= configuration.compactionFilesMin else { return nil }
            start = count - configuration.compactionFilesMin
        }
        return start..<min(count, start + configuration.compactionFilesMax)
    }
}
