extension ChatServer {
    /// A device asks for a page of its user's mailbox. Rows that are at hand come from memory, older ones from the storage.
    mutating func pageRequested(_ request: PageRequest, outbox: inout Outbox) {
        continuePage(PageJob(request, head: committedHead(of: request.device.user)), outbox: &outbox)
    }

    /// The storage has sent rows for a page, those after a place.
    mutating func pageRowsArrived(_ number: UInt32, _ rows: [MailboxRow], after: UInt32, outbox: inout Outbox) {
        guard var job = volatile.pageJobs.removeValue(forKey: number) else { return }
        job.take(storageRows: rows, after: after)
        continuePage(job, outbox: &outbox)
    }

    private mutating func continuePage(_ job: PageJob, outbox: inout Outbox) {
        var job = job
        let device = job.request.device
        while !job.isDone {
            guard let row = volatile.mailboxes[device.user]?.row(at: job.nextPlace) else {
                askStorage(for: job, outbox: &outbox)
                return
            }
            job.take(row)
        }
        guard let address = volatile.connections.address(of: device) else { return }
        let contentBytes = job.rows.reduce(UInt64(0)) { $0 + UInt64($1.record.contentBytes) }
        let message = WireMessage.pages(
            .page(
                device, number: job.request.number, head: job.head, before: job.before, isLast: job.isLast,
                contentBytes: UInt32(clamping: contentBytes)))
        if job.rows.isEmpty {
            outbox.send(message, to: address)
        } else {
            outbox.send(message, to: address, attachment: MailboxRow.words(of: job.rows))
        }
    }

    private mutating func askStorage(for job: PageJob, outbox: inout Outbox) {
        volatile.nextPageJob &+= 1
        volatile.pageJobs[volatile.nextPageJob] = job
        pageScanCount += 1
        let limit = job.storageRowsMax
        request(
            .page(
                job.request.device.user, job: volatile.nextPageJob, after: job.nextPlace - limit, limit: limit),
            outbox: &outbox)
    }

    /// Reports what the server did about pages.
    public func reportPages(into metrics: inout Metrics) {
        metrics.record(
            MetricDefinition("pages.storage_scans", unit: "requests", "Reads of the storage for rows of pages."),
            pageScanCount)
    }
}
