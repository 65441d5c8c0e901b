/// What devices have done with media, all those of an outbox together; see ``ClientTally``.
struct MediaTally: Sendable {
    private struct Direction: Sendable {
        var count: UInt64 = 0
        var bytes: UInt64 = 0
        var retries: UInt64 = 0
        var failed: UInt64 = 0
    }

    private var uploads = Direction()
    private var downloads = Direction()
    private var waitNanoseconds: UInt64 = 0
    private var waitGreatestNanoseconds: UInt64 = 0

    /// An attempt at a transfer is not the first.
    mutating func repeated(_ transfer: MediaTransfer) {
        if transfer.isUpload { uploads.retries += 1 } else { downloads.retries += 1 }
    }

    /// A transfer has failed for good.
    mutating func gaveUp(_ transfer: MediaTransfer) {
        if transfer.isUpload { uploads.failed += 1 } else { downloads.failed += 1 }
    }

    /// An object store has confirmed an upload.
    mutating func uploaded(_ transfer: MediaTransfer) {
        uploads.count += 1
        uploads.bytes += UInt64(transfer.bytes)
    }

    /// A device has what it wanted to get, at a time of its clock.
    mutating func downloaded(_ transfer: MediaTransfer, nowNanoseconds: UInt64) {
        downloads.count += 1
        downloads.bytes += UInt64(transfer.bytes)
        let wait = nowNanoseconds - min(transfer.shownNanoseconds, nowNanoseconds)
        waitNanoseconds += wait
        waitGreatestNanoseconds = max(waitGreatestNanoseconds, wait)
    }

    /// Reports all figures.
    func report(into metrics: inout Metrics) {
        func record(_ name: String, _ unit: String, _ meaning: String, _ value: UInt64) {
            metrics.record(MetricDefinition(name, unit: unit, meaning), value)
        }
        record("media.uploads", "uploads", "Uploads that an object store confirmed.", uploads.count)
        record("media.uploaded_bytes", "bytes", "The size of those.", uploads.bytes)
        record("media.upload_retries", "attempts", "Attempts to upload that were not the first.", uploads.retries)
        record("media.uploads_failed", "uploads", "Uploads that were given up, and their message too.", uploads.failed)
        record("media.downloads", "downloads", "Downloads that a device completed.", downloads.count)
        record("media.downloaded_bytes", "bytes", "The size of those.", downloads.bytes)
        record("media.download_retries", "attempts", "Attempts to download that were not the first.", downloads.retries)
        record("media.downloads_failed", "downloads", "Downloads that were given up.", downloads.failed)
        metrics.record(
            MetricDefinition(
                "media.wait_mean", unit: "ns", combination: .mean,
                "How long a device showed a message before it had the media, the mean."),
            waitNanoseconds, of: downloads.count)
        metrics.record(
            MetricDefinition(
                "media.wait_greatest", unit: "ns", combination: .greatest,
                "How long a device showed a message before it had the media, the longest."), waitGreatestNanoseconds)
    }
}
