internal import Language

/// How a storage server keeps its tables: memory, log, files and disk.
public struct StorageModel: Hashable, Sendable {
    /// When a memstore is flushed.
    public struct Memstore: Hashable, Sendable {
        /// A larger one is flushed, in bytes.
        public let flushBytes: UInt64
        /// An older one is flushed, in nanoseconds.
        public let flushAgeNanoseconds: UInt64
        /// With so many times the bytes in memory, writes to the region wait.
        public let blockMultiplier: UInt64
    }

    /// The memory of all memstores.
    public struct Heap: Hashable, Sendable {
        /// The heap, in bytes.
        public let sizeBytes: UInt64
        /// The share that memstores may take, in parts per billion.
        public let memstoresPartsPerBillion: UInt64
        /// The share of that from which on the largest memstore is flushed, in parts per billion.
        public let flushFromPartsPerBillion: UInt64
    }

    /// The write-ahead log.
    public struct Log: Hashable, Sendable {
        /// The size of a segment, in bytes.
        public let segmentBytes: UInt64
        /// With more segments, the oldest memstore is flushed.
        public let segmentsMax: UInt64
    }

    /// How files become fewer.
    public struct Compaction: Hashable, Sendable {
        /// How many files become one, at least.
        public let filesMin: UInt64
        /// And at most.
        public let filesMax: UInt64
        /// How much larger than all newer ones a file may be, in thousandths.
        public let ratioThousandths: UInt64
        /// How often all files of a region become one, in nanoseconds; zero for never.
        public let majorPeriodNanoseconds: UInt64
        /// The share of that period that is random, in parts per billion.
        public let majorJitterPartsPerBillion: UInt64
    }

    /// When writes wait.
    public struct Blocking: Hashable, Sendable {
        /// With so many files of a region.
        public let files: UInt64
        /// How long at most, in nanoseconds.
        public let waitNanoseconds: UInt64
    }

    /// The disk.
    public struct Disk: Hashable, Sendable {
        /// How fast files are read and written, in bytes per second; zero for no limit.
        public let bytesPerSecond: UInt64
        /// How many bytes are moved before others have the disk.
        public let chunkBytes: UInt64
    }

    /// When a memstore is flushed.
    public let memstore: Memstore
    /// The memory of all memstores.
    public let heap: Heap
    /// The write-ahead log.
    public let log: Log
    /// How files become fewer.
    public let compaction: Compaction
    /// When writes wait.
    public let blocking: Blocking
    /// The disk.
    public let disk: Disk

    /// Reads the keys among those of the section `storage`.
    static func read(_ reader: SectionReader) -> StorageModel {
        let compaction = reader.optional(
            "compaction", .compaction, default: "{}", "How the files of a region become fewer.")
        let blocking = reader.optional("blocking", .blocking, default: "{}", "When writes to a region wait.")
        if blocking.files < compaction.filesMin {
            reader.report(
                "blocking",
                "writes would wait for \(blocking.files) files to become fewer, but a compaction takes "
                    + "`files_min: \(compaction.filesMin)`")
        }
        return StorageModel(
            memstore: reader.optional("memstore", .memstore, default: "{}", "When the memory of a region is flushed."),
            heap: reader.optional("heap", .heap, default: "{}", "The memory of all regions of a server together."),
            log: reader.optional("log", .log, default: "{}", "The write-ahead log."), compaction: compaction,
            blocking: blocking,
            disk: reader.optional("disk", .disk, default: "{}", "The disk that files are on, and the log."))
    }
}

/// The size of something in memory or on a disk.
private var bytes: ValueKind<UInt64> { .size(1...1 << 50) }

extension ValueKind where Value == StorageModel.Memstore {
    fileprivate static var memstore: ValueKind {
        .section { reader in
            StorageModel.Memstore(
                flushBytes: reader.optional(
                    "flush_bytes", bytes, default: "128MiB",
                    "A memstore of this size is flushed; smaller files may always be compacted."),
                flushAgeNanoseconds: reader.optional(
                    "flush_age", .duration(1_000_000...31_536_000_000_000_000), default: "1h",
                    "A memstore with a row of this age is flushed when the server next handles something."),
                blockMultiplier: reader.optional(
                    "block_multiplier", .integer(2...1000), default: "4",
                    "Writes to a region wait while its memory takes this many times `flush_bytes`."))
        }
    }
}

extension ValueKind where Value == StorageModel.Heap {
    fileprivate static var heap: ValueKind {
        .section { reader in
            StorageModel.Heap(
                sizeBytes: reader.optional("size", bytes, default: "16GiB", "The memory of a server."),
                memstoresPartsPerBillion: reader.optional(
                    "memstores", .positiveRatio, default: "40%",
                    "The share that all memstores together may take; beyond it writes wait."),
                flushFromPartsPerBillion: reader.optional(
                    "flush_from", .positiveRatio, default: "95%",
                    "The share of that from which on the largest memstore is flushed."))
        }
    }
}

extension ValueKind where Value == StorageModel.Log {
    fileprivate static var log: ValueKind {
        .section { reader in
            StorageModel.Log(
                segmentBytes: reader.optional(
                    "segment", bytes, default: "64MiB", "The log goes on in a new segment after this size."),
                segmentsMax: reader.optional(
                    "segments_max", .integer(1...1_000_000), default: "32",
                    "With more segments, the memstore with the oldest row is flushed, so that the log can be truncated."
                ))
        }
    }
}

extension ValueKind where Value == StorageModel.Compaction {
    fileprivate static var compaction: ValueKind {
        .section { reader in
            let filesMin = reader.optional(
                "files_min", .integer(2...1000), default: "3",
                "How many files a minor compaction makes one of, at least.")
            let filesMax = reader.optional("files_max", .integer(2...1000), default: "10", "And at most.")
            if filesMax < filesMin { reader.report("files_max", "`files_max` is below `files_min`") }
            let period = reader.optional(
                "major_period", .duration(0...31_536_000_000_000_000), default: "7d",
                "How often all files of a region become one, when the server next handles something; `0s` for never.")
            let jitter = reader.optional(
                "major_jitter", .ratio, default: "50%",
                "By how much of itself that period is shorter or longer, at random.")
            if period == 0 {
                reader.rejectIfGiven("major_jitter", because: "with `major_period: 0s` there is no period")
            }
            return StorageModel.Compaction(
                filesMin: filesMin, filesMax: filesMax,
                ratioThousandths: reader.optional(
                    "ratio", .factor(1...100_000), default: "1.2",
                    "A file is compacted with newer ones if it is at most this many times as large as all of them together."
                ), majorPeriodNanoseconds: period, majorJitterPartsPerBillion: jitter)
        }
    }
}

extension ValueKind where Value == StorageModel.Blocking {
    fileprivate static var blocking: ValueKind {
        .section { reader in
            StorageModel.Blocking(
                files: reader.optional(
                    "files", .integer(2...100_000), default: "16",
                    "Writes to a region wait while it has this many files or more."),
                waitNanoseconds: reader.optional(
                    "wait", .duration(1_000_000...86_400_000_000_000), default: "90s",
                    "How long a write waits at most; then it goes on, or is refused where memory lacks."))
        }
    }
}

extension ValueKind where Value == StorageModel.Disk {
    fileprivate static var disk: ValueKind {
        .section { reader in
            let rate = reader.optional(
                "write_rate", .bandwidth, default: "100MB/s",
                "How fast flushes and compactions read and write files; a sync of the log waits for what they began before."
            )
            let chunk = reader.optional(
                "chunk", bytes, default: "4MiB", "How much they move before they let syncs of the log have the disk.")
            return StorageModel.Disk(bytesPerSecond: rate, chunkBytes: chunk)
        }
    }
}
